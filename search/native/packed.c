/* The texts of articles as `search.engines.local.codec.records` keeps them. */

#include "native.h"

#include <stdio.h>

PyObject *pack_texts(PyObject *module, PyObject *texts)
{
    Row row = {0};
    Py_ssize_t count = PyList_Size(texts);
    PyObject *found = NULL;
    u32 number = (u32)count;
    (void)module;
    if (count < 0 || row_add(&row, &number, 4) || !row_room(&row, 4 * (size_t)count))
        goto end;
    row.used += 4 * (size_t)count;
    for (Py_ssize_t nth = 0; nth < count; nth++) {
        PyObject *owner;
        Py_ssize_t size;
        const char *text = utf8_of(PyList_GetItem(texts, nth), &size, &owner);
        int failed = !text || row_add(&row, text, (size_t)size);
        Py_XDECREF(owner);
        if (failed)
            goto end;
        number = (u32)size;
        memcpy(row.data + 4 + 4 * nth, &number, 4);
    }
    found = PyBytes_FromStringAndSize(row.data, (Py_ssize_t)row.used);
end:
    row_free(&row);
    return found ? found : failed_for_memory();
}

typedef struct {
    PyObject *path;                                   /* a string */
    PyObject *numbers, *urls, *titles, *lines, *names; /* lists; the last one a tuple */
    PyObject *values;                                 /* a tuple of lists */
    Row record;                                       /* the record of the article in work */
} Columns;

/* Add a string as JSON has it. */
static int add_quoted(Row *row, const char *text, size_t size)
{
    static const char signs[] = "\"\\\b\f\n\r\t", written[] = "\"\\bfnrt", hex[] = "0123456789abcdef";
    int failed = row_add(row, "\"", 1);
    for (const char *at = text, *end = text + size; at < end && !failed; at++) {
        const u8 sign = (u8)*at;
        const char *known, *plain = at;
        while (at < end && (u8)*at >= ' ' && *at != '"' && *at != '\\')
            at++;
        if (at > plain) {
            failed = row_add(row, plain, (size_t)(at-- - plain));
            continue;
        }
        known = sign ? strchr(signs, sign) : NULL;
        if (known) {
            const char escaped[] = {'\\', written[known - signs]};
            failed = row_add(row, escaped, 2);
        } else {
            const char escaped[] = {'\\', 'u', '0', '0', hex[sign >> 4], hex[sign & 15]};
            failed = row_add(row, escaped, 6);
        }
    }
    return failed || row_add(row, "\"", 1);
}

static int add_string(Row *row, PyObject *string)
{
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(string, &size);
    return !text || row_add(row, text, (size_t)size);
}

static int add_number(Row *row, PyObject *number)
{
    char text[32];
    const long long found = PyLong_AsLongLong(number);
    if (found == -1 && PyErr_Occurred())
        return -1;
    return found && row_add(row, text, (size_t)sprintf(text, ", \"line\": %lld", found));
}

static int add_metadata(Columns *columns, Py_ssize_t nth)
{
    Row *row = &columns->record;
    int is_any = 0;
    for (Py_ssize_t field = 0; field < PyTuple_Size(columns->names); field++) {
        PyObject *string = PyList_GetItem(PyTuple_GetItem(columns->values, field), nth);
        Py_ssize_t size;
        const char *text = string ? PyUnicode_AsUTF8AndSize(string, &size) : NULL, *before = is_any ? ", " : ", \"metadata\": {";
        if (!text)
            return -1;
        if (!size)
            continue;
        is_any = 1;
        if (row_add(row, before, strlen(before)) || add_string(row, PyTuple_GetItem(columns->names, field)) ||
            row_add(row, ": ", 2) || add_quoted(row, text, (size_t)size))
            return -1;
    }
    return is_any && row_add(row, "}", 1);
}

/* Make the record of an article. */
static int make_record(Columns *columns, Py_ssize_t nth)
{
    Row *row = &columns->record;
    Py_ssize_t size;
    const char *url = PyUnicode_AsUTF8AndSize(PyList_GetItem(columns->urls, nth), &size);
    row->used = 0;
    if (!url || row_add(row, "{", 1))
        return -1;
    if (size && (row_add(row, "\"url\": ", 7) || add_quoted(row, url, (size_t)size) || row_add(row, ", ", 2)))
        return -1;
    return row_add(row, "\"path\": ", 8) || add_string(row, columns->path) ||
           add_number(row, PyList_GetItem(columns->numbers, nth)) || add_metadata(columns, nth) || row_add(row, "}", 1);
}

/* Add the sizes of the lines of a text, or the lines; how many they are, -1 where there is no room. */
static i64 add_lines(Row *row, const char *lines, size_t size, int are_sizes)
{
    i64 count = 0;
    for (const char *at = lines, *end = lines + size; at < end; count++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const u32 bytes = (u32)((stop ? stop : end) - at);
        if (are_sizes ? row_add(row, &bytes, 4) : row_add(row, at, bytes))
            return -1;
        at = stop ? stop + 1 : end;
    }
    return count;
}

/* An article, packed; NULL with an error, or where there is no room. */
static PyObject *packed(Columns *columns, Py_ssize_t nth, Row *row)
{
    char *lines;
    Py_ssize_t title_size, size;
    const char *title = PyUnicode_AsUTF8AndSize(PyList_GetItem(columns->titles, nth), &title_size);
    u32 head[3];
    i64 count;
    if (!title || PyBytes_AsStringAndSize(PyList_GetItem(columns->lines, nth), &lines, &size) || make_record(columns, nth))
        return NULL;
    head[1] = (u32)columns->record.used;
    head[2] = (u32)title_size;
    row->used = 0;
    if (row_add(row, head, sizeof head))
        return NULL;
    count = add_lines(row, lines, (size_t)size, 1);
    if (count < 0 || row_add(row, columns->record.data, columns->record.used) ||
        row_add(row, title, (size_t)title_size) || add_lines(row, lines, (size_t)size, 0) < 0)
        return NULL;
    head[0] = (u32)(count + 2);
    memcpy(row->data, head, 4);
    return bytes_of(row);
}

/* Whether all columns have as many values. */
static int are_alike(const Columns *columns)
{
    const Py_ssize_t count = PyList_Size(columns->numbers), fields = PyTuple_Size(columns->names);
    int are = PyList_Size(columns->urls) == count && PyList_Size(columns->titles) == count &&
              PyList_Size(columns->lines) == count && PyTuple_Size(columns->values) == fields;
    for (Py_ssize_t field = 0; are && field < fields; field++) {
        PyObject *column = PyTuple_GetItem(columns->values, field);
        are = PyList_Check(column) && PyList_Size(column) == count;
    }
    if (!are)
        PyErr_SetString(PyExc_ValueError, "expected columns (lists) of the same length, one for each name");
    return are;
}

PyObject *pack_rows(PyObject *module, PyObject *args)
{
    Columns columns = {0};
    Row row = {0};
    PyObject *found;
    (void)module;
    if (!PyArg_ParseTuple(args, "UO!O!O!O!O!O!", &columns.path, &PyList_Type, &columns.numbers, &PyList_Type, &columns.urls,
                          &PyTuple_Type, &columns.names, &PyTuple_Type, &columns.values, &PyList_Type, &columns.titles,
                          &PyList_Type, &columns.lines) ||
        !are_alike(&columns))
        return NULL;
    found = PyList_New(0);
    for (Py_ssize_t nth = 0; found && nth < PyList_Size(columns.numbers); nth++) {
        PyObject *one = packed(&columns, nth, &row);
        if (!one || PyList_Append(found, one))
            Py_CLEAR(found);
        Py_XDECREF(one);
    }
    row_free(&columns.record);
    row_free(&row);
    return found ? found : failed_for_memory();
}
