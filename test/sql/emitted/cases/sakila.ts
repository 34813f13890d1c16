import type { AnswerCase } from './case.js';

const RATINGS = ['G', 'PG', 'PG-13', 'R', 'NC-17'];

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const day = (index: number): string =>
  new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10);

/** Rows of our own that MariaDB and SQLite take alike: 60 actors, 150 films, who plays where. */
export const sakilaRows = [
  `INSERT INTO language (language_id, name, last_update) VALUES ${['English', 'Nederlands', 'Türkçe'].map((name, index) => `(${index + 1}, '${name}', '2020-01-01 00:00:00')`).join(', ')};`,
  `INSERT INTO actor (actor_id, first_name, last_name, last_update) VALUES ${numbers(60)
    .map((id) => `(${id}, 'FIRST${id % 13}', 'O''LAST_${id % 7}%', '${day(id)} 04:34:33')`)
    .join(', ')};`,
  `INSERT INTO film (film_id, title, description, release_year, language_id, original_language_id, rental_duration, rental_rate, length, replacement_cost, rating, last_update) VALUES ${numbers(
    150,
  )
    .map(
      (id) =>
        `(${id}, 'Film ${String(id * 37).padStart(4, '0')}', ${id % 9 === 0 ? 'NULL' : `'About "${id}" é'`}, ${1990 + (id % 30)}, ${1 + (id % 3)}, ${id % 4 === 0 ? 2 : 'NULL'}, ${3 + (id % 5)}, ${id % 2 === 0 ? '2.99' : '0.99'}, ${id % 11 === 0 ? 'NULL' : 60 + (id % 90)}, ${10 + (id % 10)}.99, '${RATINGS[id % 5]}', '${day(id)} 05:03:42')`,
    )
    .join(', ')};`,
  `INSERT INTO film_actor (actor_id, film_id, last_update) VALUES ${numbers(150)
    .flatMap((film) =>
      [1 + (film % 60), 1 + ((film * 7 + 3) % 59)].map((actor) => [actor, film] as const),
    )
    .filter(
      ([actor, film], index, all) => all.findIndex(([a, f]) => a === actor && f === film) === index,
    )
    .map(([actor, film]) => `(${actor}, ${film}, '2020-02-02 00:00:00')`)
    .join(', ')};`,
].join('\n');

/** Of a shop that lends films. */
export const sakila: AnswerCase[] = [
  {
    asks: 'films by rating, length and price',
    tool: 'list_rows',
    args: {
      table: 'film',
      fields: ['film_id', 'title', 'length', 'rental_rate', 'rating'],
      where: [
        { column: 'rating', operator: 'in', value: ['PG', 'NC-17'] },
        { column: 'length', operator: '>=', value: 100 },
        { column: 'rental_rate', operator: '=', value: '2.99' },
      ],
      order: [{ column: 'length', direction: 'desc' }],
      limit: 30,
    },
    sql: `SELECT film_id, title, length, rental_rate, rating FROM film WHERE rating IN ('PG', 'NC-17') AND length >= 100
      AND rental_rate = 2.99 ORDER BY length DESC, film_id DESC LIMIT 30`,
  },
  {
    asks: 'quotes, wildcards and what only looks like them',
    tool: 'list_rows',
    args: {
      table: 'actor',
      fields: ['actor_id', 'last_name'],
      where: [{ column: 'last_name', operator: 'ends with', value: "'last_3%" }],
    },
    sql: "SELECT actor_id, last_name FROM actor WHERE last_name = 'O''LAST_3%' ORDER BY actor_id",
  },
  {
    asks: 'who plays in a film',
    tool: 'related_rows',
    args: {
      table: 'film',
      key: { film_id: 12 },
      relation: 'film_actor',
      fields: ['actor_id', 'film_id'],
    },
    sql: 'SELECT actor_id, film_id FROM film_actor WHERE film_id = 12 ORDER BY actor_id, film_id',
  },
  {
    asks: 'films of an actor, with their language',
    tool: 'list_rows',
    args: {
      table: 'film_actor',
      fields: ['actor_id', 'film_id'],
      where: [{ column: 'actor_id', operator: '=', value: 5 }],
      include: ['actor'],
    },
    sql: `SELECT fa.actor_id, fa.film_id, a.actor_id AS "actor.actor_id", a.first_name AS "actor.first_name",
        a.last_name AS "actor.last_name", a.last_update AS "actor.last_update"
      FROM film_actor fa JOIN actor a ON a.actor_id = fa.actor_id WHERE fa.actor_id = 5 ORDER BY fa.actor_id, fa.film_id`,
  },
  {
    asks: 'two relations to the same table, one of which is often absent',
    tool: 'list_rows',
    args: {
      table: 'film',
      fields: ['film_id'],
      where: [{ column: 'film_id', operator: '<=', value: 12 }],
      include: ['language', 'original_language'],
    },
    sql: `SELECT f.film_id, l.language_id AS "language.language_id", l.name AS "language.name", l.last_update AS "language.last_update",
        o.language_id AS "original_language.language_id", o.name AS "original_language.name", o.last_update AS "original_language.last_update"
      FROM film f JOIN language l ON l.language_id = f.language_id LEFT JOIN language o ON o.language_id = f.original_language_id
      WHERE f.film_id <= 12 ORDER BY f.film_id`,
  },
  {
    asks: 'figures by rating',
    tool: 'aggregate_rows',
    args: {
      table: 'film',
      group_by: ['rating'],
      measures: [
        { function: 'count' },
        { function: 'count', column: 'description' },
        { function: 'max', column: 'length' },
      ],
      order: [{ column: 'rating' }],
    },
    sql: 'SELECT rating, count(*) AS count, count(description) AS count_description, max(length) AS max_length FROM film GROUP BY rating ORDER BY CAST(rating AS CHAR)',
  },
  {
    asks: 'words in texts, in any case',
    tool: 'search_rows',
    args: { table: 'film', text: 'film "14', fields: ['film_id', 'description'], limit: 30 },
    sql: `SELECT film_id, description FROM film WHERE (lower(title) LIKE '%film%' OR lower(description) LIKE '%film%')
      AND (title LIKE '%"14%' OR description LIKE '%"14%') ORDER BY film_id LIMIT 30`,
  },
];
