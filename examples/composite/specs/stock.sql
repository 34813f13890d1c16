CREATE TABLE part (
  sku TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  on_hand INTEGER NOT NULL CHECK (on_hand >= 0),
  minimum INTEGER NOT NULL DEFAULT 1 CHECK (minimum >= 0)
);

CREATE TABLE repair (
  id INTEGER PRIMARY KEY,
  bicycle TEXT NOT NULL,
  due TEXT NOT NULL,
  done TEXT
);

CREATE TABLE repair_part (
  repair_id INTEGER NOT NULL REFERENCES repair (id),
  sku TEXT NOT NULL REFERENCES part (sku),
  pieces INTEGER NOT NULL CHECK (pieces > 0),
  PRIMARY KEY (repair_id, sku)
);

CREATE INDEX repair_due ON repair (due);
CREATE INDEX repair_part_sku ON repair_part (sku);
