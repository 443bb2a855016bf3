//! The interface described for programs: an OpenAPI 3.1 document, made of the schemas of the JSON documents.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::request::{FIELD, MOST};
use crate::engine::{QUESTION, QUOTE};

/// The JSON Schemas of all documents, by name; they refer to each other as `#/$defs/NAME`.
const SCHEMAS: &str = include_str!("schemas.json");

/// All schemas, referring to each other below `place`.
pub(super) fn schemas(place: &str) -> Value {
    serde_json::from_str(&SCHEMAS.replace("#/$defs/", place)).unwrap_or_default()
}

/// Answers with the document.
pub(super) async fn document() -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], serde_json::to_vec_pretty(&description()).unwrap_or_default()).into_response()
}

/// A field of a request: name, schema, what it is, whether it must be there.
pub(super) type Field = (&'static str, Value, &'static str, bool);

fn words(most: usize) -> Value {
    json!({"type": "string", "maxLength": most})
}

/// What a question must hold: a letter or figure of any script, as far as the patterns of JSON Schema can tell one.
const ASKED: &str = "[^\\s!-/:-@\\[-`{-~]";

/// Words with something in them.
fn quoted() -> Value {
    json!({"type": "string", "maxLength": QUOTE, "pattern": "\\S"})
}

fn date() -> Value {
    json!({"type": "string", "pattern": "^([1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"})
}

fn limits() -> Vec<Field> {
    vec![
        ("since", date(), "Only documents published on or after this day (2013, 2013-10 or 2013-10-15).", false),
        ("until", date(), "Only documents published on or before this day.", false),
        ("source", words(FIELD), "Only documents of this outlet.", false),
    ]
}

fn flag() -> Value {
    json!({"type": "boolean"})
}

fn part() -> Vec<Field> {
    let number = json!({"type": "integer", "minimum": 1, "maximum": MOST});
    let offset = json!({"type": "integer", "minimum": 0, "maximum": u32::MAX});
    vec![("top", number, "How many at most.", false), ("offset", offset, "How many to leave out first.", false)]
}

/// The fields of a question.
pub(super) fn question() -> Vec<Field> {
    let mut fields = vec![
        ("question", json!({"type": "string", "maxLength": QUESTION, "pattern": ASKED}), "The question.", true),
        ("top", json!({"type": "integer", "minimum": 1, "maximum": MOST}), "How many answers at most.", false),
        ("explain", flag(), "How the result came about.", false),
        ("speaker", words(FIELD), "Only what this person said.", false),
    ];
    fields.extend(limits());
    fields
}

/// The fields of a question that may lean on those before it.
fn in_conversation() -> Vec<Field> {
    let what = "What stands for the conversation so far, from the answer before; empty begins one. Without it every question stands alone.";
    let mut fields = question();
    fields.push(("session", json!({"type": "string"}), what, false));
    fields
}

/// The fields of a quote check.
pub(super) fn quote() -> Vec<Field> {
    let mut fields = vec![
        ("quote", quoted(), "The quote, as it is or copied with its tag.", true),
        ("by", words(FIELD), "Who is said to have said it.", false),
        ("passport", flag(), "With everything that verifies the verdict again.", false),
    ];
    fields.extend(limits());
    fields
}

/// The fields of an utterance to follow.
pub(super) fn utterance() -> Vec<Field> {
    let mut fields = vec![("quote", quoted(), "The quote.", true)];
    fields.extend(limits());
    fields
}

/// The fields of a list of quotations.
pub(super) fn quotations() -> Vec<Field> {
    let mut fields = vec![
        ("by", words(FIELD), "Only by this speaker.", false),
        ("about", words(FIELD), "Only about this.", false),
        ("in", words(FIELD), "Only in this document (id, path, file name, or the beginning of one).", false),
        ("indirect", flag(), "Indirect speech too.", false),
    ];
    fields.extend(part());
    fields.extend(limits());
    fields
}

/// The fields of a place in a document.
pub(super) fn place() -> Vec<Field> {
    let number = || json!({"type": "integer", "minimum": 0, "maximum": u32::MAX});
    vec![("start", number(), "First character of a place to mark.", false), ("end", number(), "The character behind its last one.", false)]
}

/// Fields as the schema of an object.
pub(super) fn object(fields: &[Field]) -> Value {
    let described = |(name, schema, what, required): &Field| {
        let mut schema = schema.clone();
        if let Value::Object(entries) = &mut schema {
            entries.insert("description".to_owned(), json!(what));
            // What may be left out may be said to be nothing; a flag is up or down.
            let kind = entries.get("type").cloned().filter(|kind| !required && *kind != json!("boolean"));
            kind.and_then(|kind| entries.insert("type".to_owned(), json!([kind, "null"])));
        }
        ((*name).to_owned(), schema)
    };
    let properties: Map<String, Value> = fields.iter().map(described).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.3).map(|field| field.0).collect();
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

fn parameters(fields: &[Field]) -> Vec<Value> {
    let one = |(name, schema, what, required): &Field| json!({"name": name, "in": "query", "required": required, "description": what, "schema": schema});
    fields.iter().map(one).collect()
}

fn content(schema: &str) -> Value {
    json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}})
}

/// What may come of a request, beside the document asked for.
const PROBLEMS: &[(&str, &str)] = &[
    ("400", "The request does not say what it must"),
    ("401", "A token is needed"),
    ("403", "The request names another host, or comes from a page of another site"),
    ("404", "There is no such document, place, outlet or conversation"),
    ("405", "The address is only read"),
    ("409", "Several documents may be meant, or the fields contradict each other"),
    ("408", "The request took too long"),
    ("413", "The body is too large"),
    ("415", "The body is not JSON"),
    ("500", "The request could not be carried out"),
    ("503", "Too many requests are waiting"),
];

fn responses(schema: &str) -> Value {
    let problem = |(status, what): &(&str, &str)| ((*status).to_owned(), json!({"description": what, "content": content("Error")}));
    let mut all: Map<String, Value> = PROBLEMS.iter().map(problem).collect();
    all.insert("200".to_owned(), json!({"description": "Done", "content": content(schema)}));
    Value::Object(all)
}

fn reading(summary: &str, id: &str, parameters: &[Value], schema: &str) -> Value {
    json!({"summary": summary, "operationId": id, "parameters": parameters, "responses": responses(schema)})
}

/// An address that takes its fields from the query or, where they are long, from a JSON body.
fn both(summary: &str, id: &str, fields: &[Field], schema: &str) -> Value {
    let body = json!({"required": true, "content": {"application/json": {"schema": object(fields)}}});
    let post = json!({"summary": format!("{summary} (fields in the body)"), "operationId": format!("{id}_body"), "requestBody": body,
                      "responses": responses(schema)});
    json!({"get": reading(summary, id, &parameters(fields), schema), "post": post})
}

fn description() -> Value {
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string", "minLength": 1},
                    "description": "A document's id, path, file name, or the beginning of one."});
    let in_document: Vec<Value> = std::iter::once(id).chain(parameters(&place())).collect();
    let get = |summary: &str, id: &str, parameters: &[Value], schema: &str| json!({"get": reading(summary, id, parameters, schema)});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "sayso", "version": env!("CARGO_PKG_VERSION"), "license": {"name": "MIT OR Apache-2.0"},
                 "description": "Answers from a folder of documents in the documents' own words, with who said them and where; and whether a quote is real, whole, and from that person. Everything is read-only."},
        "paths": {
            "/api/ask": both("Ask a question", "ask", &in_conversation(), "Turn"),
            "/api/who": both("Check a quote", "who", &quote(), "Verdict"),
            "/api/trace": both("Follow an utterance through the documents", "trace", &utterance(), "Trace"),
            "/api/quotes": get("List quotations", "quotes", &parameters(&quotations()), "Quotations"),
            "/api/people": get("Who is quoted", "people", &parameters(&part()), "People"),
            "/api/documents": get("List the documents", "documents", &parameters(&part()), "Documents"),
            "/api/documents/{id}": get("A document's text, a place marked", "document", &in_document, "Shown"),
            "/api/status": get("What the index holds", "status", &[], "Status"),
        },
        "components": {"schemas": schemas("#/components/schemas/"),
                       "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "Needed where the server was given a token."}}},
        "security": [{}, {"token": []}],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All the schemas that something refers to.
    fn referred(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|field| referred(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| referred(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_schema_that_is_referred_to_is_there() {
        let document = description();
        let mut found = Vec::new();
        referred(&document, &mut found);
        assert!(found.len() > 40);
        for name in found {
            let pointer = name.trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{name}");
        }
    }
}
