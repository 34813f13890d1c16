/** What only a Supabase project has, and its migrations take for granted. */
const SIGN =
  /\bauth\s*\.\s*(?:uid|jwt|role|email|users)\b|\bstorage\s*\.\s*(?:objects|buckets|foldername)\b/i;
const OWN =
  /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?"?(?:auth|storage)"?\s*\.\s*"?(?:users|objects)\b/i;

/** Whether a script needs what `SUPABASE_PRELUDE` makes: it refers to it and does not make it itself. */
export function needsSupabase(script: string): boolean {
  return SIGN.test(script) && !OWN.test(script);
}

/** Roles, schemas, functions and tables that the platform provides, as far as schemas refer to them; never exposed. */
export const SUPABASE_PRELUDE = `
CREATE ROLE anon; CREATE ROLE authenticated; CREATE ROLE service_role; CREATE ROLE supabase_admin;
CREATE SCHEMA auth; CREATE SCHEMA storage; CREATE SCHEMA extensions; CREATE SCHEMA realtime;
CREATE TABLE auth.users (id uuid PRIMARY KEY, instance_id uuid, aud varchar(255), role varchar(255), email varchar(255),
  encrypted_password varchar(255), phone text, confirmed_at timestamptz, email_confirmed_at timestamptz,
  phone_confirmed_at timestamptz, invited_at timestamptz, last_sign_in_at timestamptz, raw_app_meta_data jsonb,
  raw_user_meta_data jsonb, is_super_admin boolean, is_sso_user boolean, is_anonymous boolean, banned_until timestamptz,
  created_at timestamptz, updated_at timestamptz, deleted_at timestamptz);
CREATE TABLE auth.identities (id uuid PRIMARY KEY, user_id uuid REFERENCES auth.users, provider text, provider_id text,
  identity_data jsonb, email text, created_at timestamptz, updated_at timestamptz, last_sign_in_at timestamptz);
CREATE TABLE auth.sessions (id uuid PRIMARY KEY, user_id uuid REFERENCES auth.users, created_at timestamptz,
  updated_at timestamptz, not_after timestamptz);
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT NULL::uuid';
CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS 'SELECT NULL::text';
CREATE FUNCTION auth.email() RETURNS text LANGUAGE sql STABLE AS 'SELECT NULL::text';
CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS 'SELECT NULL::jsonb';
CREATE TABLE storage.buckets (id text PRIMARY KEY, name text NOT NULL, owner uuid, owner_id text, public boolean,
  avif_autodetection boolean, file_size_limit bigint, allowed_mime_types text[], created_at timestamptz,
  updated_at timestamptz);
CREATE TABLE storage.objects (id uuid PRIMARY KEY, bucket_id text REFERENCES storage.buckets, name text, owner uuid,
  owner_id text, metadata jsonb, user_metadata jsonb, path_tokens text[], version text, created_at timestamptz,
  updated_at timestamptz, last_accessed_at timestamptz);
CREATE FUNCTION storage.foldername(name text) RETURNS text[] LANGUAGE sql IMMUTABLE AS 'SELECT NULL::text[]';
CREATE FUNCTION storage.filename(name text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT NULL::text';
CREATE FUNCTION storage.extension(name text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT NULL::text';
CREATE PUBLICATION supabase_realtime;
`;
