/* The type `Words`, as Python sees it. */

#include "words.h"

int is_busy(const Words *self)
{
    if (self->busy)
        PyErr_SetString(PyExc_RuntimeError, "another thread works on these words");
    return self->busy;
}

int words_init(PyObject *object, PyObject *args, PyObject *named)
{
    Words *self = (Words *)object;
    PyObject *analyse, *elided, *uncut;
    const char *kinds, *upper;
    Py_ssize_t kinds_size, upper_size, longest;
    unsigned long long seed;
    (void)named;
    if (!PyArg_ParseTuple(args, "Oy#y#O!O!nK", &analyse, &kinds, &kinds_size, &upper, &upper_size, &PyList_Type, &elided,
                          &PyList_Type, &uncut, &longest, &seed))
        return -1;
    if (self->analyse || kinds_size < 0x80) {
        PyErr_SetString(PyExc_ValueError, "expected the kinds of at least 128 characters, and to be set up once");
        return -1;
    }
    self->analyse = Py_NewRef(analyse);
    self->longest = (size_t)longest;
    self->chunks.seed = self->forms.seed = seed;
    if (row_add(&self->kinds, kinds, (size_t)kinds_size) || row_add(&self->upper, upper, (size_t)upper_size) ||
        names_fill(&self->elided, elided, seed) || names_fill(&self->uncut, uncut, seed)) {
        failed_for_memory();
        return -1;
    }
    return 0;
}

static void words_free(PyObject *object)
{
    Words *self = (Words *)object;
    PyTypeObject *type = Py_TYPE(object);
    Names *tables[] = {&self->chunks, &self->forms, &self->elided, &self->uncut};
    Row *rows[] = {&self->about, &self->coded, &self->traits, &self->kinds,
                   &self->upper, &self->words, &self->telling, &self->lengths};
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    for (size_t nth = 0; nth < sizeof tables / sizeof *tables; nth++)
        names_free(tables[nth]);
    for (size_t nth = 0; nth < sizeof rows / sizeof *rows; nth++)
        row_free(rows[nth]);
    Py_XDECREF(self->analyse);
    release(object);
    Py_DECREF(type);
}

static int is_set_up(const Words *self)
{
    if (!self->analyse)
        PyErr_SetString(PyExc_ValueError, "expected words that are set up");
    return self->analyse != NULL;
}

/* A text that is added. */
typedef struct {
    PyObject *owner;
    const char *text;
    Py_ssize_t size;
} Given;

static int scan_all(Words *self, const Given *given, Py_ssize_t count)
{
    const size_t words = self->words.used, telling = self->telling.used, lengths = self->lengths.used;
    int failed = 0;
    if (is_busy(self)) /* to make the tuple may have let another thread in */
        return -1;
    self->busy = 1;
    self->thread = PyEval_SaveThread();
    for (Py_ssize_t nth = 0; nth < count && !failed; nth++)
        failed = scan_text(self, given[nth].text, (size_t)given[nth].size);
    PyEval_RestoreThread(self->thread);
    self->busy = 0;
    if (failed) {
        self->words.used = words;
        self->telling.used = telling;
        self->lengths.used = lengths;
        failed_for_memory();
    }
    return failed;
}

static PyObject *words_add(PyObject *object, PyObject *list)
{
    Words *self = (Words *)object;
    PyObject *texts = is_busy(self) || !is_set_up(self) ? NULL : PyList_AsTuple(list); /* which nobody changes meanwhile */
    const Py_ssize_t count = texts ? PyTuple_Size(texts) : -1;
    Given *given = texts ? calloc((size_t)count + 1, sizeof *given) : NULL;
    int failed = !given;
    for (Py_ssize_t nth = 0; nth < count && !failed; nth++) {
        given[nth].text = utf8_of(PyTuple_GetItem(texts, nth), &given[nth].size, &given[nth].owner);
        failed = !given[nth].text;
    }
    if (failed)
        failed_for_memory();
    else
        failed = scan_all(self, given, count);
    for (Py_ssize_t nth = 0; given && nth < count; nth++)
        Py_XDECREF(given[nth].owner);
    free(given);
    Py_XDECREF(texts);
    return failed ? NULL : Py_NewRef(Py_None);
}

/* Add the lines of a text to what is given. */
static int give_lines(Row *given, PyObject *lines)
{
    char *at, *end;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(lines, &at, &size))
        return -1;
    for (end = at + size; at < end;) {
        char *stop = memchr(at, '\n', (size_t)(end - at));
        const Given line = {NULL, at, (stop ? stop : end) - at};
        if (row_add(given, &line, sizeof line))
            return -1;
        at = stop ? stop + 1 : end;
    }
    return 0;
}

/* Add a title, and the lines of a text, to what is given; how many texts these are to `counts`. */
static int give_row(Row *given, Row *counts, PyObject *title, PyObject *lines)
{
    const size_t before = given->used;
    Given first;
    i32 count;
    first.text = utf8_of(title, &first.size, &first.owner);
    if (!first.text)
        return -1;
    if (row_add(given, &first, sizeof first)) {
        Py_XDECREF(first.owner);
        return -1;
    }
    if (give_lines(given, lines))
        return -1;
    count = (i32)((given->used - before) / sizeof first);
    return row_add(counts, &count, sizeof count);
}

static PyObject *words_add_rows(PyObject *object, PyObject *args)
{
    Words *self = (Words *)object;
    PyObject *titles, *lines, *found = NULL;
    Row given = {0}, counts = {0};
    int failed = 0;
    if (is_busy(self) || !is_set_up(self) ||
        !PyArg_ParseTuple(args, "O!O!", &PyTuple_Type, &titles, &PyTuple_Type, &lines))
        return NULL;
    if (PyTuple_Size(titles) != PyTuple_Size(lines)) {
        PyErr_SetString(PyExc_ValueError, "expected as many titles as texts");
        return NULL;
    }
    for (Py_ssize_t nth = 0; nth < PyTuple_Size(titles) && !failed; nth++)
        failed = give_row(&given, &counts, PyTuple_GetItem(titles, nth), PyTuple_GetItem(lines, nth));
    if (failed)
        failed_for_memory();
    else if (!scan_all(self, (const Given *)given.data, (Py_ssize_t)(given.used / sizeof(Given))))
        found = bytes_of(&counts);
    for (size_t at = 0; at < given.used; at += sizeof(Given))
        Py_XDECREF(((const Given *)(given.data + at))->owner);
    row_free(&given);
    row_free(&counts);
    return found;
}

static PyObject *words_clear(PyObject *object, PyObject *none)
{
    Words *self = (Words *)object;
    (void)none;
    if (is_busy(self))
        return NULL;
    self->words.used = self->telling.used = self->lengths.used = 0;
    Py_RETURN_NONE;
}

static PyObject *words_lengths(PyObject *object, PyObject *none)
{
    const Words *self = (const Words *)object;
    (void)none;
    return is_busy(self) ? NULL : PyBytes_FromStringAndSize(self->lengths.data, (Py_ssize_t)self->lengths.used);
}

static PyObject *words_used(PyObject *object, PyObject *none)
{
    const Words *self = (const Words *)object;
    const u32 *words = (const u32 *)self->words.data;
    PyObject *found = is_busy(self) ? NULL : PyBytes_FromStringAndSize(NULL, (Py_ssize_t)name_count(&self->forms));
    (void)none;
    if (found) {
        char *used = PyBytes_AsString(found);
        memset(used, 0, name_count(&self->forms));
        for (size_t at = 0; at < self->telling.used; at++)
            used[words[at]] = 1;
    }
    return found;
}

static PyObject *words_known(PyObject *object, PyObject *none)
{
    const Words *self = (const Words *)object;
    (void)none;
    return Py_BuildValue("(nn)", (Py_ssize_t)name_count(&self->chunks), (Py_ssize_t)name_count(&self->forms));
}

static PyMethodDef methods[] = {
    {"add", words_add, METH_O, "add(texts)\n\nAdd the words of some texts; all of them, or where something fails none."},
    {"add_rows", words_add_rows, METH_VARARGS,
     "add_rows(titles, lines) -> bytes\n\nAdd the words of titles, each with the lines of a text in UTF-8 (bytes) behind\n"
     "it, every line as a text; all, or where something fails none. How many texts each makes (i32)."},
    {"clear", words_clear, METH_NOARGS, "clear()\n\nForget the words, not what is known of chunks and forms."},
    {"lengths", words_lengths, METH_NOARGS, "lengths() -> bytes\n\nHow many words each text has (i32)."},
    {"used", words_used, METH_NOARGS, "used() -> bytes\n\nWhich forms stand in a text (u8, 0 or 1)."},
    {"known", words_known, METH_NOARGS, "known() -> (chunks, forms)\n\nHow many chunks and forms are known."},
    {"invert", words_invert, METH_VARARGS,
     "invert(ranks, terms, counts, speech) -> (df, cf, documents, tf, positions, evidence, speech)\n\n"
     "The posting lists of the words; `ranks` says which term each form is (i32), `counts` of each text whether its\n"
     "words are evidence (u8), `speech` what languages it is in (u64). All i32, the speech of the terms u64."},
    {"compare", words_compare, METH_VARARGS,
     "compare(hashes, starts, size, shortest) -> (sketches, keys)\n\n"
     "Of each article, which begins at the title at `starts` (i64), the sketch and the key of its text (u64), as\n"
     "`sketch` and `sameness` in search.engines.local.build have them; `hashes` are those of the forms (u64)."},
    {"tally", words_tally, METH_VARARGS,
     "tally(flags, starts) -> bytes\n\nHow many words of each article have a form with a flag (u8); i64."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Words(analyse, kinds, upper, elided, uncut, longest, seed)\n\n"
                "The words of texts, as numbers of their printed forms. `analyse(chunk, has_spaces)` finds the words of\n"
                "what is not simple: [(form, breaks, capital, shouted)], tail, opens_number, ends_number."},
    {Py_tp_init, words_init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_dealloc, words_free},
    {Py_tp_methods, methods},
    {0, NULL},
};

PyType_Spec words_spec = {
    "search.native._kernel.Words", sizeof(Words), 0, Py_TPFLAGS_DEFAULT, slots};
