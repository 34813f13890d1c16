import type { FileAction, FileFolders } from '../../blueprint/folders.js';

/**
 * A call of the tool for an action. The tests of the emitted project make the files that it is about: `welcome`, which holds
 * the line `hello`, `draft` and `old`.
 */
export function exampleOf(action: FileAction, folders: FileFolders): Record<string, unknown> {
  const { roots, extensions } = folders;
  const extension = extensions?.[0] ?? '.md';
  const top = roots.length > 1 ? `${roots[0]!.name}/` : '';
  const file = (name: string) => `${top}${name}${extension}`;
  switch (action) {
    case 'read':
    case 'info':
      return { path: file('welcome') };
    case 'list':
      return { limit: 100 };
    case 'tree':
      return { depth: 2 };
    case 'find':
      return { pattern: `*${extension}` };
    case 'search':
      return { query: 'hello', context: 1 };
    case 'write':
      return { path: file('new'), content: 'hello\n' };
    case 'edit':
      return {
        path: file('welcome'),
        edits: [{ old_text: 'hello', new_text: 'goodbye' }],
        dry_run: true,
      };
    case 'move':
      return { from: file('draft'), to: file('moved') };
    case 'delete':
      return { path: file('old') };
    case 'create-folder':
      return { path: `${top}folder` };
  }
}
