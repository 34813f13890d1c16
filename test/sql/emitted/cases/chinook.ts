import type { AnswerCase } from './case.js';

/** Of a shop for music. Names as in MySQL and SQLite. */
export const chinook: AnswerCase[] = [
  {
    asks: 'the first page',
    tool: 'list_rows',
    args: { table: 'Genre', limit: 5 },
    sql: 'SELECT GenreId, Name FROM Genre ORDER BY GenreId LIMIT 5',
  },
  {
    asks: 'equal, greater and a list, sorted by two columns',
    tool: 'list_rows',
    args: {
      table: 'Track',
      fields: ['TrackId', 'Name', 'Milliseconds', 'UnitPrice'],
      where: [
        { column: 'GenreId', operator: '=', value: 1 },
        { column: 'Milliseconds', operator: '>', value: 400000 },
        { column: 'MediaTypeId', operator: 'in', value: [1, 2] },
      ],
      order: [{ column: 'Milliseconds', direction: 'desc' }, { column: 'Name' }],
      limit: 20,
    },
    sql: `SELECT TrackId, Name, Milliseconds, UnitPrice FROM Track WHERE GenreId = 1 AND Milliseconds > 400000
      AND MediaTypeId IN (1, 2) ORDER BY Milliseconds DESC, Name, TrackId LIMIT 20`,
  },
  {
    asks: 'nulls',
    tool: 'list_rows',
    args: {
      table: 'Customer',
      fields: ['CustomerId', 'Company'],
      where: [{ column: 'Company', operator: 'is null' }],
      limit: 100,
    },
    sql: 'SELECT CustomerId, Company FROM Customer WHERE Company IS NULL ORDER BY CustomerId',
  },
  {
    asks: 'a part of a text in any case',
    tool: 'list_rows',
    args: {
      table: 'Album',
      fields: ['AlbumId', 'Title'],
      where: [{ column: 'Title', operator: 'contains', value: 'ROCK' }],
      limit: 100,
    },
    sql: "SELECT AlbumId, Title FROM Album WHERE lower(Title) LIKE '%rock%' ORDER BY AlbumId",
  },
  {
    asks: 'an amount, exactly',
    tool: 'list_rows',
    args: {
      table: 'Invoice',
      fields: ['InvoiceId', 'Total', 'InvoiceDate'],
      where: [{ column: 'Total', operator: '>=', value: '13.86' }],
      order: [{ column: 'Total', direction: 'desc' }],
      limit: 30,
    },
    sql: 'SELECT InvoiceId, Total, InvoiceDate FROM Invoice WHERE Total >= 13.86 ORDER BY Total DESC, InvoiceId DESC LIMIT 30',
  },
  {
    asks: 'dates in a span',
    tool: 'list_rows',
    args: {
      table: 'Invoice',
      fields: ['InvoiceId', 'InvoiceDate'],
      where: [
        { column: 'InvoiceDate', operator: '>=', value: '2022-03-01 00:00:00' },
        { column: 'InvoiceDate', operator: '<', value: '2022-04-01 00:00:00' },
      ],
      limit: 50,
    },
    sql: `SELECT InvoiceId, InvoiceDate FROM Invoice WHERE InvoiceDate >= '2022-03-01 00:00:00'
      AND InvoiceDate < '2022-04-01 00:00:00' ORDER BY InvoiceId`,
  },
  {
    asks: 'the row that each one refers to, and the one behind it',
    tool: 'list_rows',
    args: {
      table: 'Track',
      fields: ['TrackId', 'Name'],
      where: [{ column: 'TrackId', operator: '<=', value: 40 }],
      include: ['Album.Artist', 'Genre'],
      limit: 40,
    },
    sql: `SELECT t.TrackId, t.Name, a.AlbumId AS "Album.AlbumId", a.Title AS "Album.Title", a.ArtistId AS "Album.ArtistId",
        r.ArtistId AS "Album.Artist.ArtistId", r.Name AS "Album.Artist.Name",
        g.GenreId AS "Genre.GenreId", g.Name AS "Genre.Name"
      FROM Track t JOIN Album a ON a.AlbumId = t.AlbumId JOIN Artist r ON r.ArtistId = a.ArtistId
        JOIN Genre g ON g.GenreId = t.GenreId WHERE t.TrackId <= 40 ORDER BY t.TrackId`,
  },
  {
    asks: 'the rows that refer to each one',
    tool: 'list_rows',
    args: {
      table: 'Artist',
      where: [{ column: 'ArtistId', operator: 'in', value: [1, 2, 8, 22] }],
      include: ['Album'],
    },
    sql: `SELECT r.ArtistId, r.Name, a.AlbumId AS "Album.AlbumId", a.Title AS "Album.Title", a.ArtistId AS "Album.ArtistId"
      FROM Artist r JOIN Album a ON a.ArtistId = r.ArtistId WHERE r.ArtistId IN (1, 2, 8, 22)
      ORDER BY r.ArtistId, a.AlbumId`,
  },
  {
    asks: 'a row by its key, with its boss',
    tool: 'get_row',
    args: { table: 'Employee', key: { EmployeeId: 3 }, fields: ['LastName', 'HireDate'] },
    sql: 'SELECT LastName, HireDate FROM Employee WHERE EmployeeId = 3',
  },
  {
    asks: 'a row by a key of two columns',
    tool: 'get_row',
    args: { table: 'PlaylistTrack', key: { PlaylistId: 1, TrackId: 3402 } },
    sql: 'SELECT PlaylistId, TrackId FROM PlaylistTrack WHERE PlaylistId = 1 AND TrackId = 3402',
  },
  {
    asks: 'related rows, sorted and filtered',
    tool: 'related_rows',
    args: {
      table: 'Artist',
      key: { ArtistId: 90 },
      relation: 'Album',
      where: [{ column: 'Title', operator: 'like', value: '%a%' }],
      order: [{ column: 'Title', direction: 'desc' }],
      limit: 30,
    },
    sql: `SELECT AlbumId, Title, ArtistId FROM Album WHERE ArtistId = 90 AND Title LIKE '%a%'
      ORDER BY Title DESC, AlbumId DESC LIMIT 30`,
  },
  {
    asks: 'counts, sums and averages by group, the largest first',
    tool: 'aggregate_rows',
    args: {
      table: 'Invoice',
      group_by: ['BillingCountry'],
      measures: [
        { function: 'count' },
        { function: 'sum', column: 'Total' },
        { function: 'max', column: 'Total' },
      ],
      order: [{ column: 'count', direction: 'desc' }, { column: 'BillingCountry' }],
      limit: 12,
    },
    sql: `SELECT BillingCountry, count(*) AS count, sum(Total) AS "sum_Total", max(Total) AS "max_Total" FROM Invoice
      GROUP BY BillingCountry ORDER BY count(*) DESC, BillingCountry LIMIT 12`,
  },
  {
    asks: 'figures of all rows',
    tool: 'aggregate_rows',
    args: {
      table: 'Track',
      measures: [
        { function: 'count distinct', column: 'Composer' },
        { function: 'min', column: 'Milliseconds' },
        { function: 'sum', column: 'Bytes' },
        { function: 'count', column: 'Composer' },
      ],
      where: [{ column: 'UnitPrice', operator: '=', value: '0.99' }],
    },
    sql: `SELECT count(DISTINCT Composer) AS "count_distinct_Composer", min(Milliseconds) AS "min_Milliseconds",
      sum(Bytes) AS "sum_Bytes", count(Composer) AS "count_Composer" FROM Track WHERE UnitPrice = 0.99`,
  },
  {
    asks: 'words anywhere in a row',
    tool: 'search_rows',
    args: { table: 'Customer', text: 'brazil paulo', fields: ['CustomerId', 'Email'] },
    sql: `SELECT CustomerId, Email FROM Customer WHERE
      lower(concat_ws('|', FirstName, LastName, Company, Address, City, State, Country, PostalCode, Phone, Fax, Email)) LIKE '%brazil%'
      AND lower(concat_ws('|', FirstName, LastName, Company, Address, City, State, Country, PostalCode, Phone, Fax, Email)) LIKE '%paulo%'
      ORDER BY CustomerId`,
  },
];
