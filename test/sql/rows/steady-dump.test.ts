import { describe, expect, it } from 'vitest';
import { steadyDump } from '../../../src/sources/sql/rows/steady-dump.js';

describe('a dump', () => {
  it.each([
    [
      '-- PostgreSQL database dump',
      "\\restrict aB3\nSELECT pg_catalog.setval('public.a_id_seq', 17, true);\n-- Completed on 2024-05-01 10:00:00 UTC\n",
      "\\restrict schema\nSELECT pg_catalog.setval('public.a_id_seq', 1, false);\n-- Completed\n",
    ],
    [
      '-- MySQL dump 10.13  Distrib 8.0.36',
      "SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ 'x:1-7';\n) ENGINE=InnoDB AUTO_INCREMENT=17 DEFAULT CHARSET=utf8mb4;\n-- Dump completed on 2024-05-01 10:00:00\n",
      ') ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n-- Dump completed\n',
    ],
    [
      '-- phpMyAdmin SQL Dump',
      '-- Generation Time: May 01, 2024 at 10:00 AM\n  MODIFY `id` int NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=17;\n',
      '-- Generation Time\n  MODIFY `id` int NOT NULL AUTO_INCREMENT;\n',
    ],
    [
      '-- PostgreSQL database dump',
      '--\n-- Name: 16400; Type: BLOB; Schema: -; Owner: x\n--\n\n--\n-- Name: a; Type: TABLE; Schema: public; Owner: x\n--\n',
      '--\n-- Name: a; Type: TABLE; Schema: public; Owner: x\n--\n',
    ],
  ])('is without what moves with its rows: %s', (head, text, steady) => {
    expect(steadyDump(`${head}\n${text}`)).toBe(`${head}\n${steady}`);
  });

  it('is nothing that somebody wrote', () => {
    const text = 'CREATE TABLE a (x int\n) ENGINE=InnoDB AUTO_INCREMENT=1000 ;\n';
    expect(steadyDump(text)).toBe(text);
  });
});
