import { describe, expect, test, vi } from 'vitest';
import {
  createAvailability,
  readCheckMs,
} from '../../../templates/src/runtime/changes/availability.js';

/** Looks when it is told to; what it sees is `there`. */
async function looking() {
  vi.useFakeTimers();
  const state = { there: false, looks: 0 };
  const changes: string[] = [];
  const availability = createAvailability(
    ['a'],
    async () => {
      state.looks += 1;
      if (!state.there) throw new Error('down');
      return true;
    },
    { everyMs: 1_000, changed: (id, there) => changes.push(`${id} ${there}`) },
  );
  const tick = () => vi.advanceTimersByTimeAsync(1_000);
  return { state, changes, availability, tick };
}

describe('what comes and goes', () => {
  test('counts when two looks in a row see it', async () => {
    const { state, changes, availability, tick } = await looking();
    await availability.begin();
    expect([availability.has('a'), changes]).toEqual([false, []]);
    state.there = true;
    await tick();
    expect(changes).toEqual([]);
    await tick();
    expect([availability.has('a'), changes]).toEqual([true, ['a true']]);
    state.there = false;
    await tick();
    expect(availability.has('a')).toBe(true);
    await tick();
    expect([availability.has('a'), changes]).toEqual([false, ['a true', 'a false']]);
    availability.close();
    vi.useRealTimers();
  });

  test('is not announced where it changes with every look', async () => {
    const { state, changes, availability, tick } = await looking();
    await availability.begin();
    for (let turn = 0; turn < 20; turn += 1) {
      state.there = !state.there;
      await tick();
    }
    expect(changes).toEqual([]);
    availability.close();
    vi.useRealTimers();
  });

  test('counts at once in the first look, and is not looked at after the end', async () => {
    const { state, changes, availability, tick } = await looking();
    state.there = true;
    await availability.begin();
    expect([availability.has('a'), changes]).toEqual([true, ['a true']]);
    availability.close();
    const { looks } = state;
    await tick();
    expect(state.looks).toBe(looks);
    vi.useRealTimers();
  });

  test('what is not looked at is there', async () => {
    const { availability } = await looking();
    expect(availability.has('other')).toBe(true);
    vi.useRealTimers();
  });
});

test('AVAILABILITY_CHECK_MS is a number of milliseconds', () => {
  expect(readCheckMs({})).toBe(3_000);
  expect(() => readCheckMs({ AVAILABILITY_CHECK_MS: '5' })).toThrow(
    'AVAILABILITY_CHECK_MS must be a whole number from 100 to 600000, not "5"',
  );
});
