import type { AnswerCase } from './case.js';

/** Of a trader, in PostgreSQL. */
export const northwind: AnswerCase[] = [
  {
    asks: 'an order with its lines and their products',
    tool: 'get_row',
    args: {
      table: 'orders',
      key: { order_id: 10248 },
      fields: ['order_id', 'order_date', 'freight'],
      include: ['order_details'],
    },
    sql: `SELECT o.order_id, o.order_date, o.freight, d.order_id AS "order_details.order_id",
        d.product_id AS "order_details.product_id", d.unit_price AS "order_details.unit_price",
        d.quantity AS "order_details.quantity", d.discount AS "order_details.discount"
      FROM orders o JOIN order_details d USING (order_id) WHERE o.order_id = 10248 ORDER BY d.order_id, d.product_id`,
  },
  {
    asks: 'what is not in a list and begins with a text',
    tool: 'list_rows',
    args: {
      table: 'customers',
      fields: ['customer_id', 'company_name', 'country'],
      where: [
        { column: 'country', operator: 'not in', value: ['Germany', 'France', 'USA'] },
        { column: 'company_name', operator: 'starts with', value: 'b' },
      ],
      order: [{ column: 'company_name' }],
    },
    sql: `SELECT customer_id, company_name, country FROM customers WHERE country NOT IN ('Germany', 'France', 'USA')
      AND company_name ILIKE 'b%' ORDER BY company_name, customer_id`,
  },
  {
    asks: 'dates, nulls last',
    tool: 'list_rows',
    args: {
      table: 'orders',
      fields: ['order_id', 'shipped_date'],
      where: [{ column: 'order_date', operator: '>=', value: '1998-04-20' }],
      order: [{ column: 'shipped_date' }],
      limit: 100,
    },
    sql: `SELECT order_id, shipped_date FROM orders WHERE order_date >= '1998-04-20'
      ORDER BY shipped_date NULLS LAST, order_id LIMIT 100`,
  },
  {
    asks: 'a boss, and those below',
    tool: 'related_rows',
    args: {
      table: 'employees',
      key: { employee_id: 2 },
      relation: 'employees_by_reports_to',
      fields: ['employee_id', 'last_name', 'reports_to'],
    },
    sql: 'SELECT employee_id, last_name, reports_to FROM employees WHERE reports_to = 2 ORDER BY employee_id',
  },
  {
    asks: 'sums by two columns',
    tool: 'aggregate_rows',
    args: {
      table: 'order_details',
      group_by: ['product_id'],
      measures: [{ function: 'sum', column: 'quantity' }, { function: 'count' }],
      where: [{ column: 'discount', operator: '>', value: 0 }],
      order: [{ column: 'sum_quantity', direction: 'desc' }, { column: 'product_id' }],
      limit: 15,
    },
    sql: `SELECT product_id, sum(quantity) AS sum_quantity, count(*) AS count FROM order_details WHERE discount > 0
      GROUP BY product_id ORDER BY sum(quantity) DESC, product_id LIMIT 15`,
  },
  {
    asks: 'averages of whole numbers',
    tool: 'aggregate_rows',
    args: {
      table: 'products',
      group_by: ['category_id'],
      measures: [
        { function: 'avg', column: 'units_in_stock' },
        { function: 'max', column: 'reorder_level' },
      ],
      order: [{ column: 'category_id' }],
    },
    sql: `SELECT category_id, avg(units_in_stock) AS avg_units_in_stock, max(reorder_level) AS max_reorder_level
      FROM products GROUP BY category_id ORDER BY category_id`,
  },
];

/** The same trader in SQLite, with spaces in names. */
export const northwindSqlite: AnswerCase[] = [
  {
    asks: 'lines of an order',
    tool: 'related_rows',
    args: { table: 'Orders', key: { OrderID: 10248 }, relation: 'Order Details' },
    sql: `SELECT OrderID, ProductID, UnitPrice, Quantity, Discount FROM [Order Details] WHERE OrderID = 10248
      ORDER BY OrderID, ProductID`,
  },
  {
    asks: 'a row by a key of two columns, with its product',
    tool: 'get_row',
    args: {
      table: 'Order Details',
      key: { OrderID: 10250, ProductID: 65 },
      fields: ['Quantity'],
      include: ['Order'],
    },
    sql: `SELECT d.Quantity, ${['OrderID', 'CustomerID', 'EmployeeID', 'OrderDate', 'RequiredDate', 'ShippedDate', 'ShipVia', 'Freight', 'ShipName', 'ShipAddress', 'ShipCity', 'ShipRegion', 'ShipPostalCode', 'ShipCountry'].map((name) => `o.${name} AS [Order.${name}]`).join(', ')}
      FROM [Order Details] d JOIN Orders o ON o.OrderID = d.OrderID WHERE d.OrderID = 10250 AND d.ProductID = 65`,
  },
  {
    asks: 'figures of a view with spaces in its name',
    tool: 'aggregate_rows',
    args: { table: 'Current Product List', measures: [{ function: 'count' }] },
    sql: 'SELECT count(*) AS count FROM [Current Product List]',
  },
  {
    asks: 'rows by two conditions on one column',
    tool: 'list_rows',
    args: {
      table: 'Products',
      fields: ['ProductID', 'ProductName'],
      where: [
        { column: 'UnitsInStock', operator: '>=', value: 20 },
        { column: 'UnitsInStock', operator: '<', value: 30 },
      ],
    },
    sql: 'SELECT ProductID, ProductName FROM Products WHERE UnitsInStock >= 20 AND UnitsInStock < 30 ORDER BY ProductID',
  },
];
