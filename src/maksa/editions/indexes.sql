CREATE UNIQUE INDEX concept_code ON concept (code);
CREATE INDEX concept_changed ON concept (changed);
CREATE INDEX parent_of ON parent (parent_code, concept);
CREATE INDEX mapping_source ON mapping (source_code);
CREATE INDEX mapping_target ON mapping (target_terminology, target_code);
CREATE UNIQUE INDEX word_word ON word (word);
