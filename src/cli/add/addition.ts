import type { Manifest } from '../../sources/manifest/manifest.js';
import type { Folder } from '../folder.js';
import type { Session } from '../session.js';
import type { TakenSource } from '../take-source.js';
import type { AddQuestions } from './add-questions.js';

/** What is put into mcp.yaml. */
export type Addition = {
  section: 'sources' | 'tools' | 'prompts' | 'resources';
  key: string;
  entry: object;
  /** Its document, which is not pinned yet. */
  taken?: TakenSource;
};

export type AddRequest = {
  session: Session;
  folder: Folder;
  manifest: Manifest;
  /** What stands after the kind. */
  words: readonly string[];
  /** There while questions can be asked. */
  ask: AddQuestions | undefined;
};
