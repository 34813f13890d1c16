import type { AnswerCase } from './case.js';

/** The same case for a database whose names are `like_this` and not `LikeThis`. */
export function inSnakeCase({ asks, tool, args, sql }: AnswerCase): AnswerCase {
  return { asks, tool, args: JSON.parse(snake(JSON.stringify(args))), sql: snake(sql) };
}

const snake = (text: string): string =>
  text.replaceAll(/(?<![A-Za-z])[A-Z][a-z]+(?:[A-Z][a-z]+)*(?![A-Za-z])/g, (name) =>
    name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase(),
  );
