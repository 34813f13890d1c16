import { describe, expect, it } from 'vitest';
import { toolName, uniqueNames } from '../../src/blueprint/tool-names.js';

describe('toolName', () => {
  it.each([
    [{ id: 'getPetById', method: 'GET', path: '/pets/{id}' }, 'getPetById'],
    [{ id: 'issues/list-for-repo', method: 'GET', path: '/x' }, 'issues_list-for-repo'],
    [{ id: 'v1.application.list', method: 'GET', path: '/x' }, 'v1_application_list'],
    [{ id: "List a Project's Keys", method: 'GET', path: '/x' }, 'List_a_Projects_Keys'],
    [{ id: 'größe_ändern', method: 'PUT', path: '/x' }, 'grosse_andern'],
    [{ id: 'listUsersUsingGET_2', method: 'GET', path: '/users' }, 'listUsers'],
    [{ id: 'payUsingPOST', method: 'PUT', path: '/pay' }, 'payUsingPOST'],
    [{ id: 'Smørebrød', method: 'GET', path: '/x' }, 'Smorebrod'],
    [{ id: 'read_users_users__get', method: 'GET', path: '/users/' }, 'read_users'],
    [{ id: '日本', method: 'GET', path: '/pets' }, 'get_pets'],
    [{ method: 'GET', path: '/users/{id}/repos' }, 'get_users_by_id_repos'],
    [{ method: 'POST', path: '/' }, 'post'],
    [{ method: 'GET', path: '/files/{name}.{ext}' }, 'get_files_by_name_by_ext'],
    [{ method: 'GET', path: '/#Action=Run' }, 'get'],
  ])('%j is %s', (source, want) => {
    expect(toolName(source)).toBe(want);
  });

  it('shortens by leaving out words that say nothing', () => {
    const id = 'list_all_of_the_repositories_in_an_organization_for_the_authenticated_user';
    expect(toolName({ id, method: 'GET', path: '/x' })).toBe(
      'list_all_repositories_organization_authenticated_user',
    );
  });

  it('marks what is still too long with a hash of the whole', () => {
    const id = Array.from({ length: 20 }, (_, n) => `segment${n}`).join('_');
    const name = toolName({ id, method: 'GET', path: '/x' });
    expect(name).toMatch(/^segment0_segment1_.*_[a-z0-9]{6}$/);
    expect(name.length).toBeLessThanOrEqual(64);
    expect(toolName({ id: `${id}x`, method: 'GET', path: '/x' })).not.toBe(name);
  });
});

describe('uniqueNames', () => {
  it('keeps the first and tells the others apart by method and path', () => {
    const names = uniqueNames([
      { id: 'list', method: 'GET', path: '/a' },
      { id: 'List', method: 'GET', path: '/b' },
      { id: 'list', method: 'GET', path: '/a/{id}' },
    ]);
    expect(names).toEqual(['list', 'get_b', 'get_a_by_id']);
  });

  it('says more than the method where the path has no words', () => {
    const names = uniqueNames([
      { id: 'root', method: 'GET', path: '/' },
      { id: 'root', method: 'POST', path: '/' },
    ]);
    expect(names).toEqual(['root', 'root_post']);
  });

  it('does not rename what is there when operations are added', () => {
    const before = [
      { id: 'one', method: 'GET', path: '/1' },
      { id: 'two', method: 'GET', path: '/2' },
    ];
    const after = uniqueNames([...before, { id: 'two', method: 'GET', path: '/3' }]);
    expect(after.slice(0, 2)).toEqual(uniqueNames(before));
  });

  it('is unique however many clash', () => {
    const sources = Array.from({ length: 50 }, () => ({
      id: 'same',
      method: 'GET',
      path: '/same',
    }));
    const names = uniqueNames(sources);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(50);
    expect(names.every((name) => /^[a-zA-Z0-9_-]{1,64}$/.test(name))).toBe(true);
  });
});
