/* The type `Forms`, as Python sees it: what there is to say of the forms of words. */

#include "forms.h"

int forms_busy(const Forms *self)
{
    if (!self->words)
        PyErr_SetString(PyExc_ValueError, "expected forms that are set up");
    return !self->words || is_busy(self->words);
}

const i64 *form_numbers(const Forms *self, PyObject *object, Py_buffer *view, size_t *count)
{
    const i64 *numbers = numbers_of(object, view, sizeof *numbers, count);
    const size_t forms = string_count(&self->folded);
    for (size_t nth = 0; numbers && nth < *count; nth++)
        if (numbers[nth] < 0 || (size_t)numbers[nth] >= forms) {
            PyErr_Format(PyExc_ValueError, "expected numbers of forms, below %zu", forms);
            PyBuffer_Release(view);
            numbers = NULL;
        }
    return numbers;
}

static int forms_init(PyObject *object, PyObject *args, PyObject *named)
{
    Forms *self = (Forms *)object;
    PyObject *words, *folding, *lowering;
    (void)named;
    if (!PyArg_ParseTuple(args, "OO!O!", &words, &PyList_Type, &folding, &PyList_Type, &lowering))
        return -1;
    if (PyType_GetSlot(Py_TYPE(words), Py_tp_init) != words_init) {
        PyErr_SetString(PyExc_TypeError, "expected words");
        return -1;
    }
    if (self->words || PyList_Size(folding) != PyList_Size(lowering) || PyList_Size(folding) > 0x800) {
        PyErr_SetString(PyExc_ValueError, "expected two tables of at most 2048 characters, and to be set up once");
        return -1;
    }
    if (set_changes(&self->folding, folding) || set_changes(&self->lowering, lowering))
        return -1;
    self->words = (Words *)Py_NewRef(words);
    return 0;
}

static void forms_free(PyObject *object)
{
    Forms *self = (Forms *)object;
    PyTypeObject *type = Py_TYPE(object);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    row_free(&self->folding);
    row_free(&self->lowering);
    row_free(&self->hashes);
    row_free(&self->order);
    strings_free(&self->folded);
    strings_free(&self->lowered);
    Py_XDECREF((PyObject *)self->words);
    release(object);
    Py_DECREF(type);
}

/* Add a thing just made. */
static int append(PyObject *list, PyObject *made)
{
    const int failed = !made || PyList_Append(list, made) < 0;
    Py_XDECREF(made);
    return failed;
}

static PyObject *forms_odd(PyObject *object, PyObject *none)
{
    const Forms *self = (const Forms *)object;
    PyObject *found = forms_busy(self) ? NULL : PyList_New(0);
    (void)none;
    if (!found)
        return NULL;
    for (size_t number = string_count(&self->folded); found && number < name_count(&self->words->forms); number++) {
        size_t size;
        const char *text = name_at(&self->words->forms, number, &size);
        if (is_odd(&self->folding, text, size) &&
            append(found, PyUnicode_DecodeUTF8(text, (Py_ssize_t)size, "surrogatepass")))
            Py_CLEAR(found);
    }
    return found;
}

/* Add what a form becomes: by the table, or where it is odd the next that is given. */
static int add_form(Strings *strings, const Row *changes, const char *text, size_t size, PyObject *given, Py_ssize_t *next)
{
    const int failed = add_changed(&strings->bytes, changes, text, size);
    PyObject *owner = NULL;
    Py_ssize_t length = 0;
    const char *other = "";
    int is_bad;
    if (failed < 0)
        return -1;
    if (failed == ODD) {
        PyObject *item = PyList_GetItem(given, (*next)++);
        other = item ? utf8_of(item, &length, &owner) : NULL;
    }
    is_bad = !other || string_add(strings, other, (size_t)length);
    Py_XDECREF(owner);
    return is_bad ? -1 : 0;
}

static PyObject *forms_describe(PyObject *object, PyObject *args)
{
    Forms *self = (Forms *)object;
    Strings *const strings[2] = {&self->folded, &self->lowered};
    const Row *const changes[2] = {&self->folding, &self->lowering};
    const size_t before = string_count(&self->folded);
    const size_t bytes[2] = {self->folded.bytes.used, self->lowered.bytes.used};
    PyObject *given[2];
    Py_ssize_t next[2] = {0, 0};
    int failed = 0;
    if (forms_busy(self) || !PyArg_ParseTuple(args, "O!O!", &PyList_Type, &given[0], &PyList_Type, &given[1]))
        return NULL;
    for (size_t number = before; !failed && number < name_count(&self->words->forms); number++) {
        size_t size;
        const char *text = name_at(&self->words->forms, number, &size);
        u64 hash;
        for (int nth = 0; !failed && nth < 2; nth++)
            failed = add_form(strings[nth], changes[nth], text, size, given[nth], &next[nth]);
        if (!failed) {
            text = string_at(&self->folded, number, &size);
            hash = crc_of(text, size);
            failed = row_add(&self->hashes, &hash, sizeof hash);
        }
    }
    if (!failed && (next[0] != PyList_Size(given[0]) || next[1] != PyList_Size(given[1]))) {
        PyErr_SetString(PyExc_ValueError, "expected as many forms as are odd");
        failed = -1;
    }
    if (!failed)
        return Py_NewRef(Py_None);
    self->hashes.used = before * sizeof(u64);
    for (int nth = 0; nth < 2; nth++) {
        strings[nth]->bytes.used = bytes[nth];
        strings[nth]->ends.used = before * sizeof(u64);
    }
    return failed_for_memory();
}

static PyObject *forms_hashes(PyObject *object, PyObject *none)
{
    const Forms *self = (const Forms *)object;
    (void)none;
    return forms_busy(self) ? NULL : PyBytes_FromStringAndSize(self->hashes.data, (Py_ssize_t)self->hashes.used);
}

static PyObject *some_strings(const Forms *self, const Strings *strings, PyObject *given)
{
    Py_buffer view;
    size_t count;
    const i64 *numbers = forms_busy(self) ? NULL : form_numbers(self, given, &view, &count);
    PyObject *found = numbers ? PyList_New(0) : NULL;
    for (size_t nth = 0; found && nth < count; nth++) {
        size_t size;
        const char *text = string_at(strings, (size_t)numbers[nth], &size);
        if (append(found, PyBytes_FromStringAndSize(text, (Py_ssize_t)size)))
            Py_CLEAR(found);
    }
    if (numbers)
        PyBuffer_Release(&view);
    return found;
}

static PyObject *forms_folded(PyObject *object, PyObject *numbers)
{
    return some_strings((const Forms *)object, &((const Forms *)object)->folded, numbers);
}

static PyObject *forms_lowered(PyObject *object, PyObject *numbers)
{
    return some_strings((const Forms *)object, &((const Forms *)object)->lowered, numbers);
}

static PyObject *forms_among(PyObject *object, PyObject *args)
{
    const Forms *self = (const Forms *)object;
    Names wanted = {0};
    PyObject *list, *found = NULL;
    if (forms_busy(self) || !PyArg_ParseTuple(args, "O!", &PyList_Type, &list))
        return NULL;
    if (!names_fill(&wanted, list, self->words->forms.seed))
        found = bytes_for(string_count(&self->lowered), 1);
    for (size_t number = 0; found && number < string_count(&self->lowered); number++) {
        size_t size;
        const char *text = string_at(&self->lowered, number, &size);
        const Wanted one = name_wanted(&wanted, text, size);
        PyBytes_AsString(found)[number] = name_find(&wanted, &one) != NOT_FOUND;
    }
    names_free(&wanted);
    return found;
}

static Py_ssize_t forms_length(PyObject *object)
{
    return (Py_ssize_t)string_count(&((const Forms *)object)->folded);
}

static PyMethodDef methods[] = {
    {"odd", forms_odd, METH_NOARGS, "odd() -> list[str]\n\nThe forms with odd characters that are not described yet."},
    {"describe", forms_describe, METH_VARARGS,
     "describe(folded, lowered)\n\nDescribe all forms; of those that are `odd` this says how they fold, and what they are in\n"
     "small letters."},
    {"hashes", forms_hashes, METH_NOARGS, "hashes() -> bytes\n\nThe CRC-32 of each folded form (u64)."},
    {"in_order", forms_in_order, METH_NOARGS, "in_order() -> bytes\n\nThe numbers of the forms, in order (i64)."},
    {"lines", forms_lines, METH_O,
     "lines(numbers) -> (forms, ends, folded, ends)\n\nSome forms, and the same folded, a line end after each; the ends i64."},
    {"terms", forms_terms, METH_VARARGS,
     "terms(numbers, before) -> (terms, ends, ranks)\n\n"
     "What some forms, in order, are when folded, each once, as lines that begin with `before`, and their ends (i64); and of\n"
     "each form which of them it is (i32; 0 of others)."},
    {"folded", forms_folded, METH_O, "folded(numbers) -> list[bytes]\n\nSome forms, folded, in UTF-8."},
    {"lowered", forms_lowered, METH_O, "lowered(numbers) -> list[bytes]\n\nThe same in small letters."},
    {"among", forms_among, METH_VARARGS,
     "among(words) -> bytes\n\nWhich forms are, in small letters, one of these (u8, 0 or 1)."},
    {"light", forms_light, METH_VARARGS,
     "light(numbers, steps, own, stop) -> bytes\n\n"
     "The entries of some forms among light stems (i64), as search.engines.local.codec.stems has them; -1 where a stem is\n"
     "odd. Steps and words with a stem of their own are those of search.language.suffixes; `stop` are stop words."},
    {"stemmed", forms_stemmed, METH_VARARGS,
     "stemmed(numbers, stems, stop) -> bytes\n\nThe same of forms whose stems, not folded, are given (list[bytes])."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Forms(words, folding, lowering)\n\n"
                "What there is to say of the forms of words. The tables have what each character, from 0 on, is when folded\n"
                "and in small letters; characters that they do not have are odd."},
    {Py_tp_init, forms_init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_dealloc, forms_free},
    {Py_tp_methods, methods},
    {Py_sq_length, forms_length},
    {0, NULL},
};

PyType_Spec forms_spec = {
    "search.native._kernel.Forms", sizeof(Forms), 0, Py_TPFLAGS_DEFAULT, slots};
