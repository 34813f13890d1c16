/**
 * What may stand in the tree of a statement: nodes of PostgreSQL's parser (nodes/parsenodes.h) with their fields. `name` is a
 * plain value, `name*` one node or a list of nodes, `name:Kind` a node whose kind goes without saying. Everything that is not
 * here is refused, so that what a later version brings does not pass unseen.
 */
const NODES: Record<string, string> = {
  SelectStmt:
    'distinctClause* targetList* fromClause* whereClause* groupClause* groupDistinct groupByAll havingClause* windowClause* valuesLists* sortClause* limitOffset* limitCount* limitOption withClause:WithClause op all larg:SelectStmt rarg:SelectStmt',
  WithClause: 'ctes* recursive location',
  CommonTableExpr:
    'ctename aliascolnames* ctematerialized ctequery* search_clause:CTESearchClause cycle_clause:CTECycleClause location',
  CTESearchClause: 'search_col_list* search_breadth_first search_seq_column location',
  CTECycleClause:
    'cycle_col_list* cycle_mark_column cycle_mark_value* cycle_mark_default* cycle_path_column location',
  ResTarget: 'name val* location',
  RangeVar: 'schemaname relname inh relpersistence alias:Alias location',
  RangeSubselect: 'lateral subquery* alias:Alias',
  RangeFunction: 'lateral ordinality is_rowsfrom functions* alias:Alias coldeflist*',
  ColumnDef: 'colname typeName:TypeName is_local collClause:CollateClause location',
  JoinExpr:
    'jointype isNatural larg* rarg* usingClause* join_using_alias:Alias quals* alias:Alias rtindex',
  Alias: 'aliasname colnames*',
  ColumnRef: 'fields* location',
  A_Star: '',
  A_Const:
    'isnull ival:Constant fval:Constant boolval:Constant sval:Constant bsval:Constant location',
  Constant: 'ival fval boolval sval bsval',
  String: 'sval',
  Integer: 'ival',
  Float: 'fval',
  Boolean: 'boolval',
  BitString: 'bsval',
  List: 'items*',
  ParamRef: 'number location',
  A_Expr: 'kind name* lexpr* rexpr* rexpr_list_start rexpr_list_end location',
  BoolExpr: 'boolop args* location',
  NullTest: 'arg* nulltesttype argisrow location',
  BooleanTest: 'arg* booltesttype location',
  FuncCall:
    'funcname* args* agg_order* agg_filter* over:WindowDef agg_within_group agg_star agg_distinct func_variadic funcformat location',
  NamedArgExpr: 'arg* name argnumber location',
  TypeCast: 'arg* typeName:TypeName location',
  TypeName: 'names* setof typmods* typemod arrayBounds* location',
  CollateClause: 'arg* collname* location',
  CaseExpr: 'arg* args* defresult* location',
  CaseWhen: 'expr* result* location',
  CoalesceExpr: 'args* location',
  MinMaxExpr: 'op args* location',
  SQLValueFunction: 'op typmod location',
  SubLink: 'subLinkType subLinkId testexpr* operName* subselect* location',
  A_ArrayExpr: 'elements* list_start list_end location',
  A_Indirection: 'arg* indirection*',
  A_Indices: 'is_slice lidx* uidx*',
  RowExpr: 'args* row_format location',
  SortBy: 'node* sortby_dir sortby_nulls location',
  WindowDef:
    'name refname partitionClause* orderClause* frameOptions startOffset* endOffset* location',
  GroupingSet: 'kind content* location',
  GroupingFunc: 'args* location',
  JsonFormat: 'format_type encoding location',
  JsonReturning: 'format:JsonFormat typid typmod',
  JsonOutput: 'typeName:TypeName returning:JsonReturning',
  JsonValueExpr: 'raw_expr* formatted_expr* format:JsonFormat',
  JsonKeyValue: 'key* value:JsonValueExpr',
  JsonObjectConstructor: 'exprs* output:JsonOutput absent_on_null unique location',
  JsonArrayConstructor: 'exprs* output:JsonOutput absent_on_null location',
  JsonArrayQueryConstructor: 'query* output:JsonOutput format:JsonFormat absent_on_null location',
  JsonAggConstructor: 'output:JsonOutput agg_filter* agg_order* over:WindowDef location',
  JsonObjectAgg: 'constructor:JsonAggConstructor arg:JsonKeyValue absent_on_null unique',
  JsonArrayAgg: 'constructor:JsonAggConstructor arg:JsonValueExpr absent_on_null',
  JsonIsPredicate: 'expr* format:JsonFormat item_type unique_keys location',
  JsonParseExpr: 'expr:JsonValueExpr output:JsonOutput unique_keys location',
  JsonScalarExpr: 'expr* output:JsonOutput location',
  JsonSerializeExpr: 'expr:JsonValueExpr output:JsonOutput location',
  JsonBehavior: 'btype expr* coerce location',
  JsonArgument: 'val:JsonValueExpr name',
  JsonFuncExpr:
    'op column_name context_item:JsonValueExpr pathspec* passing* output:JsonOutput on_empty:JsonBehavior on_error:JsonBehavior wrapper quotes location',
};

export type FieldShape = 'plain' | 'nodes' | { of: string };

/** By kind of node, the fields that it may have. */
export const SHAPES: ReadonlyMap<string, ReadonlyMap<string, FieldShape>> = new Map(
  Object.entries(NODES).map(([kind, fields]) => [kind, shapesOf(fields)]),
);

function shapesOf(fields: string): Map<string, FieldShape> {
  const names = fields.split(' ').filter(Boolean);
  return new Map(
    names.map((field): [string, FieldShape] => {
      const [name = '', of] = field.split(':');
      if (of !== undefined) return [name, { of }];
      return field.endsWith('*') ? [field.slice(0, -1), 'nodes'] : [field, 'plain'];
    }),
  );
}

/** What a refused node is called by people. */
export const WORDS: Record<string, string> = {
  InsertStmt: 'INSERT',
  UpdateStmt: 'UPDATE',
  DeleteStmt: 'DELETE',
  MergeStmt: 'MERGE',
  CopyStmt: 'COPY',
  DoStmt: 'DO',
  CallStmt: 'CALL',
  TransactionStmt: 'a statement of transactions',
  VariableSetStmt: 'SET',
  VariableShowStmt: 'SHOW',
  ExplainStmt: 'EXPLAIN (there is a tool for it)',
  RangeTableSample: 'TABLESAMPLE',
  RangeTableFunc: 'XMLTABLE',
  JsonTable: 'JSON_TABLE',
  XmlExpr: 'XML',
  SetToDefault: 'DEFAULT',
  intoClause: 'SELECT INTO',
  lockingClause: 'FOR UPDATE or FOR SHARE',
  pct_type: '%TYPE',
  catalogname: 'the name of a database before that of a schema',
};
