import { onMysql } from '../../support/mariadb-server.js';
import type { AnswerCase } from './case.js';

/** What MariaDB has of its own. */
const SEQUENCES = `CREATE TABLE seq_1_to_400 AS WITH RECURSIVE s (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM s WHERE seq < 400) SELECT seq FROM s;
CREATE TABLE seq_1_to_3 AS SELECT seq FROM seq_1_to_400 WHERE seq < 4;`;

/** Rows of our own: 400 people with salaries of three years each, in six departments. */
export const employeesRows = `${onMysql ? SEQUENCES : ''}
INSERT INTO departments VALUES ${['Care', 'Data', 'Field', 'Legal', 'Sales', 'Tools'].map((name, index) => `('d00${index + 1}', '${name}')`).join(', ')};
INSERT INTO employees SELECT 10000 + seq, DATE('1950-01-01') + INTERVAL seq * 17 DAY, CONCAT('First', seq % 40),
  CONCAT('Last', seq % 70), IF(seq % 3 = 0, 'F', 'M'), DATE('1985-01-01') + INTERVAL seq * 23 DAY FROM seq_1_to_400;
INSERT INTO dept_emp SELECT emp_no, CONCAT('d00', 1 + emp_no % 6), hire_date, '9999-01-01' FROM employees;
INSERT INTO dept_emp SELECT emp_no, CONCAT('d00', 1 + (emp_no + 1) % 6), hire_date, hire_date + INTERVAL 1 YEAR FROM employees WHERE emp_no % 5 = 0;
INSERT INTO salaries SELECT e.emp_no, 40000 + (e.emp_no * 7919 + s.seq * 1000) % 60000, e.hire_date + INTERVAL s.seq YEAR,
  e.hire_date + INTERVAL s.seq + 1 YEAR FROM employees e JOIN seq_1_to_3 s;
INSERT INTO titles SELECT emp_no, ELT(1 + emp_no % 3, 'Engineer', 'Staff', 'Lead'), hire_date, IF(emp_no % 4 = 0, NULL, '9999-01-01') FROM employees;
`;

/** Of a company, in MariaDB. */
export const employees: AnswerCase[] = [
  {
    asks: 'the best paid, with who they are',
    tool: 'list_rows',
    args: {
      table: 'salaries',
      fields: ['emp_no', 'salary', 'from_date'],
      where: [{ column: 'salary', operator: '>', value: 99000 }],
      order: [{ column: 'salary', direction: 'desc' }, { column: 'emp_no' }],
      include: ['emp'],
      limit: 25,
    },
    sql: `SELECT s.emp_no, s.salary, s.from_date, e.emp_no AS "emp.emp_no", e.birth_date AS "emp.birth_date",
        e.first_name AS "emp.first_name", e.last_name AS "emp.last_name", e.gender AS "emp.gender",
        e.hire_date AS "emp.hire_date"
      FROM salaries s JOIN employees e USING (emp_no) WHERE s.salary > 99000 ORDER BY s.salary DESC, s.emp_no, s.from_date LIMIT 25`,
  },
  {
    asks: 'an enum and a date',
    tool: 'list_rows',
    args: {
      table: 'employees',
      fields: ['emp_no', 'birth_date'],
      where: [
        { column: 'gender', operator: '=', value: 'F' },
        { column: 'birth_date', operator: '<', value: '1951-01-01' },
      ],
    },
    sql: "SELECT emp_no, birth_date FROM employees WHERE gender = 'F' AND birth_date < '1951-01-01' ORDER BY emp_no",
  },
  {
    asks: 'sums and averages by department through many rows',
    tool: 'aggregate_rows',
    args: {
      table: 'dept_emp',
      group_by: ['dept_no'],
      measures: [
        { function: 'count' },
        { function: 'count distinct', column: 'emp_no' },
        { function: 'min', column: 'from_date' },
      ],
      order: [{ column: 'dept_no' }],
    },
    sql: `SELECT dept_no, count(*) AS count, count(DISTINCT emp_no) AS count_distinct_emp_no, min(from_date) AS min_from_date
      FROM dept_emp GROUP BY dept_no ORDER BY dept_no`,
  },
  {
    asks: 'an average and a sum',
    tool: 'aggregate_rows',
    args: {
      table: 'salaries',
      measures: [
        { function: 'avg', column: 'salary' },
        { function: 'sum', column: 'salary' },
      ],
    },
    sql: 'SELECT avg(salary) AS avg_salary, sum(salary) AS sum_salary FROM salaries',
  },
  {
    asks: 'rows by a key of three columns',
    tool: 'list_rows',
    args: {
      table: 'titles',
      where: [
        { column: 'to_date', operator: 'is null' },
        { column: 'title', operator: '!=', value: 'Staff' },
      ],
      limit: 100,
    },
    sql: "SELECT emp_no, title, from_date, to_date FROM titles WHERE to_date IS NULL AND title != 'Staff' ORDER BY emp_no, title, from_date LIMIT 100",
  },
  {
    asks: 'a view',
    tool: 'list_rows',
    args: {
      table: 'current_dept_emp',
      where: [{ column: 'emp_no', operator: '<=', value: 10010 }],
      order: [{ column: 'emp_no' }],
    },
    sql: 'SELECT emp_no, dept_no, from_date, to_date FROM current_dept_emp WHERE emp_no <= 10010 ORDER BY emp_no',
  },
  {
    asks: 'related rows of a department',
    tool: 'related_rows',
    args: {
      table: 'departments',
      key: { dept_name: 'Legal' },
      relation: 'dept_emp',
      fields: ['emp_no', 'to_date'],
      limit: 90,
    },
    sql: "SELECT emp_no, to_date FROM dept_emp WHERE dept_no = 'd004' ORDER BY emp_no, dept_no LIMIT 90",
  },
];
