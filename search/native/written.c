/* Forms as lines. */

#include "forms.h"

/* Some strings as lines, and the ends of these. */
static int lines_of(const Strings *strings, const i64 *numbers, size_t count, PyObject **made)
{
    size_t bytes = count, size;
    const char *text;
    char *line;
    i64 *ends, end = 0;
    for (size_t nth = 0; nth < count; nth++) {
        string_at(strings, (size_t)numbers[nth], &size);
        bytes += size;
    }
    made[0] = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)bytes);
    made[1] = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(count * sizeof *ends));
    if (!made[0] || !made[1])
        return -1;
    line = PyBytes_AsString(made[0]);
    ends = (i64 *)PyBytes_AsString(made[1]);
    for (size_t nth = 0; nth < count; nth++) {
        text = string_at(strings, (size_t)numbers[nth], &size);
        memcpy(line + end, text, size);
        end += (i64)size + 1;
        line[end - 1] = '\n';
        ends[nth] = end;
    }
    return 0;
}

PyObject *forms_lines(PyObject *object, PyObject *given)
{
    const Forms *self = (const Forms *)object;
    PyObject *made[4] = {NULL, NULL, NULL, NULL}, *found = NULL;
    Py_buffer view;
    size_t count;
    const i64 *numbers = forms_busy(self) ? NULL : form_numbers(self, given, &view, &count);
    if (!numbers)
        return NULL;
    if (!lines_of(&self->words->forms.strings, numbers, count, made) && !lines_of(&self->folded, numbers, count, made + 2))
        found = Py_BuildValue("(OOOO)", made[0], made[1], made[2], made[3]);
    for (int nth = 0; nth < 4; nth++)
        Py_XDECREF(made[nth]);
    PyBuffer_Release(&view);
    return found;
}

static int same_strings(const Strings *strings, size_t one, size_t two)
{
    size_t sizes[2];
    const char *texts[2] = {string_at(strings, one, &sizes[0]), string_at(strings, two, &sizes[1])};
    return sizes[0] == sizes[1] && !memcmp(texts[0], texts[1], sizes[0]);
}

/* Add a line that begins with something. */
static int add_line(Strings *lines, const char *before, size_t size, const char *text, size_t text_size)
{
    return row_add(&lines->bytes, before, size) || row_add(&lines->bytes, text, text_size) || string_add(lines, "\n", 1);
}

/* The distinct folded forms as lines; the rank of each form. */
static int add_terms(const Forms *self, const i64 *numbers, size_t count, const char *before, size_t size, Strings *lines,
                     i32 *ranks)
{
    i32 rank = -1;
    for (size_t nth = 0; nth < count; nth++) {
        const size_t number = (size_t)numbers[nth];
        if (!nth || !same_strings(&self->folded, number, (size_t)numbers[nth - 1])) {
            size_t text_size;
            const char *text = string_at(&self->folded, number, &text_size);
            if (add_line(lines, before, size, text, text_size))
                return -1;
            rank++;
        }
        ranks[number] = rank;
    }
    return 0;
}

PyObject *forms_terms(PyObject *object, PyObject *args)
{
    const Forms *self = (const Forms *)object;
    Strings lines = {{0}, {0}};
    PyObject *given, *ranks, *found = NULL;
    const char *before;
    Py_ssize_t size;
    Py_buffer view;
    size_t count;
    const i64 *numbers;
    if (forms_busy(self) || !PyArg_ParseTuple(args, "Oy#", &given, &before, &size))
        return NULL;
    numbers = form_numbers(self, given, &view, &count);
    if (!numbers)
        return NULL;
    ranks = bytes_for(string_count(&self->folded), sizeof(i32));
    if (ranks && !add_terms(self, numbers, count, before, (size_t)size, &lines, (i32 *)PyBytes_AsString(ranks)))
        found = Py_BuildValue("(NNO)", bytes_of(&lines.bytes), bytes_of(&lines.ends), ranks);
    Py_XDECREF(ranks);
    strings_free(&lines);
    PyBuffer_Release(&view);
    return found ? found : failed_for_memory();
}
