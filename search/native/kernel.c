/* The module: what it offers, and the memory that its files share. */

#include "forms.h"

char *row_grow(Row *row, size_t bytes)
{
    const size_t held = row->held + row->held / 2 + bytes + 64;
    char *data = realloc(row->data, held);
    if (!data)
        return NULL;
    row->data = data;
    row->held = held;
    return data + row->used;
}

int row_add(Row *row, const void *bytes, size_t size)
{
    char *at = row_room(row, size);
    if (!at)
        return -1;
    if (size)
        memcpy(at, bytes, size);
    row->used += size;
    return 0;
}

void clear(void *memory, size_t size)
{
    memset(memory, 0, size);
}

PyObject *failed_for_memory(void)
{
    return PyErr_Occurred() ? NULL : PyErr_NoMemory();
}

void row_free(Row *row)
{
    free(row->data);
    memset(row, 0, sizeof *row);
}

PyObject *bytes_for(size_t count, size_t size)
{
    PyObject *found = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(count * size));
    if (found && count)
        memset(PyBytes_AsString(found), 0, count * size);
    return found;
}

PyObject *bytes_of(const Row *row)
{
    return PyBytes_FromStringAndSize(row->data ? row->data : "", (Py_ssize_t)row->used);
}

const void *numbers_of(PyObject *object, Py_buffer *view, size_t size, size_t *count)
{
    if (PyObject_GetBuffer(object, view, PyBUF_C_CONTIGUOUS) < 0)
        return NULL;
    if ((size_t)view->itemsize != size || (uintptr_t)view->buf % size) {
        PyErr_Format(PyExc_TypeError, "expected numbers of %zu bytes, found some of %zd", size, view->itemsize);
        PyBuffer_Release(view);
        return NULL;
    }
    *count = (size_t)view->len / size;
    return view->buf ? view->buf : (const void *)"";
}

const char *utf8_of(PyObject *text, Py_ssize_t *size, PyObject **owner)
{
    const char *found = PyUnicode_AsUTF8AndSize(text, size);
    *owner = NULL;
    if (found || !PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return found;
    PyErr_Clear();
    *owner = PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
    if (!*owner)
        return NULL;
    *size = PyBytes_Size(*owner);
    return PyBytes_AsString(*owner);
}

static PyMethodDef functions[] = {
    {"encode", encode_lists, METH_VARARGS,
     "encode(lists, terms, bases, count) -> (data, sizes, df)\n\n"
     "The bytes of `count` posting lists in a row (search.engines.local.codec.lists). `lists` has for each source the\n"
     "df of its terms, all their documents, tf and positions (i32); `terms` which of the lists each term is, ascending\n"
     "(i32); `bases` what to add to its documents. The sizes are u32, the df of all lists i32."},
    {"pack", pack_texts, METH_O,
     "pack(texts) -> bytes\n\nTexts as `search.engines.local.codec.records` keeps those of an article."},
    {"unite", unite_forms, METH_O,
     "unite(sources) -> (forms, ends, folded, folded_ends, terms)\n\n"
     "The forms of several sources, each once, in the order of (folded form, form), as lines with their ends (i64).\n"
     "Each source has these four, in that order; `terms` has for each source which of the forms each of its own is (i32)."},
    {"pack_rows", pack_rows, METH_VARARGS,
     "pack_rows(path, numbers, urls, names, values, titles, lines) -> [bytes]\n\n"
     "What `pack` gives for some articles, each of which has its record (as JSON), its title, and the lines of its text\n"
     "(UTF-8, parted by line ends). Their metadata are columns, with a name for each. What is empty is left out of\n"
     "records. The path and the names are quoted already."},
    {"names", names_of, METH_O,
     "names(data) -> tuple | None\n\n"
     "The names of a JSON object in UTF-8 whose values are strings, whole numbers of up to 18 digits, true or false.\n"
     "None for anything else."},
    {"rows", rows_of, METH_VARARGS,
     "rows(records, names, roles, widest) -> columns\n\n"
     "The first of some JSON objects, as long as they have these names (UTF-8) in this order, by column. Roles, a byte\n"
     "each: 0 is a text, of which the lines are given (bytes, UTF-8, without white space around them, those that are\n"
     "empty left out), if one has more than `widest` characters; 1 a line, whose white space becomes single spaces;\n"
     "2 an id and 3 a date, strings or whole numbers; 4 these, true or false; 8 more if it must be a string. An object\n"
     "that is otherwise, or of which a text or a line may hold markup, is where it ends."},
    {"rank", rank_articles, METH_VARARGS,
     "rank(found, leaves, numbers, alike, share, limit) -> (articles, texts, copies, best)\n\n"
     "How many articles and texts match, how many of the articles are near-copies of others, and the `limit` best, with\n"
     "all that tie with the last, in the order of the index: the score of each, its title document, the scores of its\n"
     "documents that match, and its near-copies. `found` are the documents (i64) that match, None: all that a leaf has;\n"
     "`leaves` the documents (i64) and scores (f64) of each, and whether it counts in titles only; `numbers` that of each\n"
     "document of the index in its article; `alike` the columns of `search.engines.local.kernels.alike`, None: nothing\n"
     "is a near-copy; `share` is what a title's score counts."},
    {"union", union_of, METH_O, "union(lists) -> bytes\n\nThe documents (i64) that are in any of the lists."},
    {"common", common_of, METH_O, "common(lists) -> bytes\n\nThe documents (i64) that are in all of the lists."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_kernel", "The compiled kernel.", 0, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernel(void)
{
    const u32 one = 1;
    PyType_Spec *const types[] = {&words_spec, &forms_spec};
    PyObject *module;
    if (*(const u8 *)&one != 1) {
        PyErr_SetString(PyExc_ImportError, "the kernel is for little-endian machines");
        return NULL;
    }
    set_up_crc();
    module = PyModule_Create(&definition);
    if (!module)
        return NULL;
    for (size_t nth = 0; nth < sizeof types / sizeof *types; nth++) {
        PyObject *type = PyType_FromSpec(types[nth]);
        if (!type || PyModule_AddObject(module, strrchr(types[nth]->name, '.') + 1, type) < 0) {
            Py_XDECREF(type);
            Py_DECREF(module);
            return NULL;
        }
    }
    return module;
}
