/* JSON objects that have the same names in the same order: rows of a table, which become columns.

   Only the simplest are taken: strings, whole numbers, true and false; one text of long lines; nothing that may be
   markup. At the first that is otherwise reading ends, and Python, which knows the rules, goes on. */

#include "json.h"

/* What a value is for an article, one more than STRING if it must be a string. */
enum { TEXT, LINE, IDENTITY, DATE, OTHER, STRING = 8 };

/* Behind an ampersand, a semicolon so near may be the end of the name of a sign: in UTF-8, at most six digits of any
   script. */
enum { NEAR = 32 };

typedef struct {
    PyObject *names, **columns; /* bytes; lists */
    const u8 *roles;
    Py_ssize_t fields;
    size_t widest;
    Row row;                    /* what a value becomes */
} Table;

/* Whether a text may hold tags, or names of signs. */
static int may_be_markup(const char *text, size_t size, const char *tag)
{
    const char *at = text, *end = text + size, *found = text;
    const size_t tag_size = strlen(tag);
    for (; (found = memchr(found, tag[0], (size_t)(end - found))); found++)
        if ((size_t)(end - found) >= tag_size && !memcmp(found, tag, tag_size))
            return 1;
    while ((at = memchr(at, '&', (size_t)(end - at)))) {
        const size_t left = (size_t)(end - ++at);
        if (memchr(at, ';', left < NEAR ? left : NEAR))
            return 1;
    }
    return 0;
}

/* The string as it stood in the row before, if it did, else a new one. */
static PyObject *string_in(PyObject *column, const char *text, size_t size)
{
    const Py_ssize_t count = PyList_Size(column);
    Py_ssize_t known;
    if (count > 0) {
        PyObject *last = PyList_GetItem(column, count - 1);
        const char *before = PyUnicode_AsUTF8AndSize(last, &known);
        if (!before)
            return NULL;
        if ((size_t)known == size && !memcmp(before, text, size))
            return Py_NewRef(last);
    }
    return PyUnicode_DecodeUTF8(text, (Py_ssize_t)size, NULL);
}

/* What becomes of a string; NULL with an error, or without one if it is not simple. */
static PyObject *of_string(Table *table, Json *json, int role, PyObject *column)
{
    int failed = 0;
    table->row.used = 0;
    switch (role) {
    case TEXT:
        if (may_be_markup(json->text, json->size, "<") || memchr(json->text, '\r', json->size))
            return NULL;
        failed = lines_of_text(&table->row, json->text, json->size, table->widest);
        return failed < 0 ? PyErr_NoMemory() : failed ? NULL : bytes_of(&table->row);
    case LINE:
        if (may_be_markup(json->text, json->size, "</"))
            return NULL;
        if (one_line(&table->row, json->text, json->size))
            return PyErr_NoMemory();
        return string_in(column, table->row.data ? table->row.data : "", table->row.used);
    case OTHER:
        return string_in(column, json->text, json->size);
    default:
        return PyUnicode_DecodeUTF8(json->text, (Py_ssize_t)json->size, NULL);
    }
}

/* The value that comes next, as it is for an article: as `of_string`. */
static PyObject *value(Table *table, Json *json, int role, PyObject *column)
{
    const int is_string = role & STRING, is_read = json_next(json, '"') ? json_string(json) : 2;
    long long number;
    role &= ~STRING;
    if (is_read < 0)
        return PyErr_NoMemory();
    if (is_read < 2)
        return is_read ? of_string(table, json, role, column) : NULL;
    if (is_string || json->at == json->end || role == TEXT || role == LINE)
        return NULL;
    for (int nth = 0; nth < 2; nth++)
        if (json_word(json, nth ? "true" : "false"))
            return role == OTHER ? PyUnicode_FromString(nth ? "true" : "false") : NULL;
    return json_number(json, &number) ? PyUnicode_FromFormat("%lld", number) : NULL;
}

/* Whether the name that was read is the one that comes next in the table. */
static int is_next_name(const Table *table, const Json *json, Py_ssize_t nth)
{
    char *name;
    Py_ssize_t size;
    return nth < table->fields && !PyBytes_AsStringAndSize(PyTuple_GetItem(table->names, nth), &name, &size) &&
           json->size == (size_t)size && !memcmp(json->text, name, json->size);
}

/* Read a name and its value, which goes into the column of that name, or is null: 1; 0 if it is not simple, or has
   another name, -1 with an error. */
static int add_pair(Table *table, Json *json, Py_ssize_t *nth)
{
    PyObject *found;
    const int is_read = json_next(json, '"') ? json_string(json) : 0;
    int failed;
    if (is_read < 1)
        return is_read < 0 ? (PyErr_NoMemory(), -1) : 0;
    if (!is_next_name(table, json, *nth)) {
        if (!json_next(json, ':'))
            return 0;
        json_spaces(json);
        return json_word(json, "null");
    }
    found = json_next(json, ':') ? value(table, json, table->roles[*nth], table->columns[*nth]) : NULL;
    if (!found)
        return PyErr_Occurred() ? -1 : 0;
    failed = PyList_Append(table->columns[(*nth)++], found);
    Py_DECREF(found);
    return failed ? -1 : 1;
}

/* Whether an object ends here, and nothing comes behind it. */
static int is_end(Json *json)
{
    const int is_closed = json_next(json, '}');
    json_spaces(json);
    return is_closed && json->at == json->end;
}

/* Read an object into the columns: as `add_pair`. */
static int add_row(Table *table, Json *json)
{
    Py_ssize_t nth = 0;
    if (!json_next(json, '{'))
        return 0;
    do {
        const int is_read = add_pair(table, json, &nth);
        if (is_read < 1)
            return is_read;
    } while (json_next(json, ','));
    return nth == table->fields && is_end(json);
}

/* Make all columns as long again as they were. */
static int cut_columns(const Table *table, Py_ssize_t count)
{
    for (Py_ssize_t nth = 0; nth < table->fields; nth++)
        if (PyList_SetSlice(table->columns[nth], count, PY_SSIZE_T_MAX, NULL))
            return -1;
    return 0;
}

/* The objects in a list of bytes, as many as go; -1 with an error. */
static int add_rows(Table *table, PyObject *records)
{
    Json json = {0};
    int is_read = 1;
    for (Py_ssize_t nth = 0; is_read == 1 && nth < PyTuple_Size(records); nth++) {
        char *data;
        Py_ssize_t size;
        if (PyBytes_AsStringAndSize(PyTuple_GetItem(records, nth), &data, &size)) {
            is_read = -1;
            break;
        }
        json.at = (const u8 *)data;
        json.end = json.at + size;
        is_read = add_row(table, &json);
        if (!is_read && cut_columns(table, nth))
            is_read = -1;
    }
    row_free(&json.row);
    return is_read;
}

static int is_table(const Table *table, Py_ssize_t roles)
{
    int is_right = roles == table->fields;
    for (Py_ssize_t nth = 0; is_right && nth < table->fields; nth++)
        is_right = PyBytes_Check(PyTuple_GetItem(table->names, nth)) && (table->roles[nth] & ~STRING) <= OTHER;
    if (!is_right)
        PyErr_SetString(PyExc_ValueError, "expected a role for each of the names, which are bytes");
    return is_right;
}

PyObject *rows_of(PyObject *module, PyObject *args)
{
    PyObject *records, *found = NULL;
    Py_ssize_t roles, widest;
    Table table = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!y#n", &PyTuple_Type, &records, &PyTuple_Type, &table.names, &table.roles, &roles,
                          &widest))
        return NULL;
    table.fields = PyTuple_Size(table.names);
    table.widest = widest < 0 ? 0 : (size_t)widest;
    table.columns = calloc((size_t)table.fields + 1, sizeof *table.columns);
    if (!table.columns)
        return PyErr_NoMemory();
    found = is_table(&table, roles) ? PyTuple_New(table.fields) : NULL;
    for (Py_ssize_t nth = 0; found && nth < table.fields; nth++) {
        table.columns[nth] = PyList_New(0);
        if (!table.columns[nth] || PyTuple_SetItem(found, nth, table.columns[nth]))
            Py_CLEAR(found);
    }
    if (found && add_rows(&table, records) < 0)
        Py_CLEAR(found);
    row_free(&table.row);
    free(table.columns);
    return found;
}

/* Pass over a value: 1, or 2 if it is null; 0 if it is not plain, -1 where there is no room. */
static int pass_value(Json *json)
{
    long long number;
    if (json_next(json, '"'))
        return json_string(json);
    if (json->at == json->end)
        return 0;
    if (json_word(json, "null"))
        return 2;
    return json_word(json, "true") || json_word(json, "false") || json_number(json, &number);
}

/* Read a name and pass over its value: 1; 0 if it is not plain, -1 with an error. */
static int add_name(Json *json, PyObject *names)
{
    PyObject *name;
    int is_read = json_next(json, '"') ? json_string(json) : 0, failed = 0;
    if (is_read < 1)
        return is_read < 0 ? (PyErr_NoMemory(), -1) : 0;
    name = PyUnicode_DecodeUTF8(json->text, (Py_ssize_t)json->size, NULL);
    if (!name)
        return -1;
    is_read = json_next(json, ':') ? pass_value(json) : 0;
    if (is_read < 0)
        PyErr_NoMemory();
    if (is_read == 1)
        failed = PyList_Append(names, name);
    Py_DECREF(name);
    return failed || is_read < 0 ? -1 : is_read > 0;
}

PyObject *names_of(PyObject *module, PyObject *data)
{
    PyObject *names, *found = NULL;
    Json json = {0};
    int is_read;
    char *bytes;
    Py_ssize_t size;
    (void)module;
    if (PyBytes_AsStringAndSize(data, &bytes, &size))
        return NULL;
    names = PyList_New(0);
    if (!names)
        return NULL;
    json.at = (const u8 *)bytes;
    json.end = json.at + size;
    is_read = json_next(&json, '{');
    while (is_read == 1) {
        is_read = add_name(&json, names);
        if (is_read < 1 || !json_next(&json, ','))
            break;
    }
    is_read = is_read == 1 ? is_end(&json) : is_read;
    if (is_read >= 0)
        found = is_read ? PyList_AsTuple(names) : Py_NewRef(Py_None);
    row_free(&json.row);
    Py_DECREF(names);
    return found;
}
