/* From words, text by text, to posting lists, term by term; and what tells whether two articles are the same. */

#include "words.h"

enum { DF, CF, DOCUMENTS, TF, POSITIONS, EVIDENCE, SPEECH, COLUMNS };

typedef struct {
    const i32 *ranks, *lengths;
    const u32 *words;
    const u8 *telling, *counts;
    const u64 *speech;
    size_t texts;
} Input;

/* What is gathered of a term, in one place of memory: the text in which it was met last, plus one; its documents and
   positions, counted first; then where the next of them go. */
typedef struct {
    u64 speech, place, list;
    i32 df, cf, evidence, last;
} Term;

/* Count the documents and positions of each term, and gather what is known of it; the sum of all df. */
static size_t count_all(const Input *in, Term *terms)
{
    size_t at = 0, postings = 0;
    for (size_t text = 0; text < in->texts; text++) {
        const size_t end = at + (size_t)in->lengths[text];
        for (; at < end; at++) {
            Term *term = &terms[in->ranks[in->words[at]]];
            term->cf++;
            term->evidence += in->counts[text] & in->telling[at];
            if (term->last != (i32)text + 1) {
                term->last = (i32)text + 1;
                term->df++;
                term->speech |= in->speech[text];
                postings++;
            }
        }
    }
    return postings;
}

/* Put the words where they belong: a counting sort, in which words stay in the order of texts and positions. */
static void put_all(const Input *in, Term *terms, i32 *documents, i32 *tf, i32 *positions)
{
    size_t at = 0;
    for (size_t text = 0; text < in->texts; text++)
        for (i32 position = 0; position < in->lengths[text]; position++, at++) {
            Term *term = &terms[in->ranks[in->words[at]]];
            positions[term->place++] = position;
            if (term->last != (i32)text + 1) {
                term->last = (i32)text + 1;
                documents[term->list++] = (i32)text;
            }
            tf[term->list - 1]++;
        }
}

/* Write down what was counted, and find out where the lists of each term begin. */
static void lay_out(Term *terms, size_t count, i32 **columns)
{
    u64 place = 0, list = 0;
    for (size_t nth = 0; nth < count; nth++) {
        Term *term = &terms[nth];
        columns[DF][nth] = term->df;
        columns[CF][nth] = term->cf;
        columns[EVIDENCE][nth] = term->evidence;
        memcpy(columns[SPEECH] + 2 * nth, &term->speech, sizeof term->speech);
        term->place = place;
        term->list = list;
        term->last = 0;
        place += (u64)term->cf;
        list += (u64)term->df;
    }
}

static PyObject *invert(const Input *in, size_t count, size_t words)
{
    PyObject *columns[COLUMNS] = {NULL}, *found = NULL;
    i32 *numbers[COLUMNS];
    Term *terms = calloc(count + 1, sizeof *terms);
    size_t sizes[COLUMNS];
    if (!terms) {
        PyErr_NoMemory();
        return NULL;
    }
    for (int nth = 0; nth < COLUMNS; nth++)
        sizes[nth] = count;
    sizes[POSITIONS] = words;
    Py_BEGIN_ALLOW_THREADS
    sizes[DOCUMENTS] = sizes[TF] = count_all(in, terms);
    Py_END_ALLOW_THREADS
    for (int nth = 0; nth < COLUMNS; nth++) {
        columns[nth] = bytes_for(sizes[nth], nth == SPEECH ? 8 : 4);
        if (!columns[nth])
            goto end;
        numbers[nth] = (i32 *)PyBytes_AsString(columns[nth]);
    }
    Py_BEGIN_ALLOW_THREADS
    lay_out(terms, count, numbers);
    put_all(in, terms, numbers[DOCUMENTS], numbers[TF], numbers[POSITIONS]);
    Py_END_ALLOW_THREADS
    found = PyTuple_New(COLUMNS);
    for (int nth = 0; found && nth < COLUMNS; nth++) {
        PyTuple_SetItem(found, nth, columns[nth]);
        columns[nth] = NULL;
    }
end:
    for (int nth = 0; nth < COLUMNS; nth++)
        Py_XDECREF(columns[nth]);
    free(terms);
    return found;
}

PyObject *words_invert(PyObject *object, PyObject *args)
{
    Words *self = (Words *)object;
    PyObject *given[3], *found = NULL;
    Py_buffer views[3];
    Py_ssize_t terms;
    size_t counts[3];
    int held = 0;
    Input in = {NULL, (const i32 *)self->lengths.data, (const u32 *)self->words.data,
                (const u8 *)self->telling.data, NULL, NULL, self->lengths.used / 4};
    if (is_busy(self) || !PyArg_ParseTuple(args, "OnOO", &given[0], &terms, &given[1], &given[2]))
        return NULL;
    for (; held < 3; held++) {
        static const size_t sizes[3] = {4, 1, 8};
        const void *numbers = numbers_of(given[held], &views[held], sizes[held], &counts[held]);
        if (!numbers)
            goto end;
        if (held == 0)
            in.ranks = numbers;
        else if (held == 1)
            in.counts = numbers;
        else
            in.speech = numbers;
    }
    if (terms < 0 || counts[0] != name_count(&self->forms) || counts[1] != in.texts || counts[2] != in.texts) {
        PyErr_SetString(PyExc_ValueError, "expected a rank for each form, a flag and languages for each text");
        goto end;
    }
    for (size_t form = 0; form < counts[0]; form++)
        if (in.ranks[form] < 0 || (in.ranks[form] >= terms && terms)) {
            PyErr_Format(PyExc_ValueError, "expected ranks below %zd", terms);
            goto end;
        }
    if (!terms && self->telling.used) {
        PyErr_SetString(PyExc_ValueError, "expected a term for each word");
        goto end;
    }
    self->busy = 1;
    found = invert(&in, (size_t)terms, self->telling.used);
    self->busy = 0;
end:
    while (held)
        PyBuffer_Release(&views[--held]);
    return found;
}

/* The ends of the articles, as words: article `nth` has those from ends[2·nth] (its title's end) to ends[2·nth + 1]. */
static u64 *bounds_of(const Words *self, const i64 *starts, size_t count)
{
    const i32 *lengths = (const i32 *)self->lengths.data;
    const size_t texts = self->lengths.used / 4;
    u64 *found = malloc((2 * count + 1) * sizeof *found);
    u64 at = 0;
    size_t text = 0;
    if (!found) {
        PyErr_NoMemory();
        return NULL;
    }
    for (size_t nth = 0; nth < count; nth++) {
        const size_t end = nth + 1 < count ? (size_t)starts[nth + 1] : texts;
        if (starts[nth] != (i64)text || end <= text || end > texts) {
            PyErr_SetString(PyExc_ValueError, "expected the texts at which articles begin, ascending, from the first on");
            free(found);
            return NULL;
        }
        at += (u64)lengths[text++];
        found[2 * nth] = at;
        for (; text < end; text++)
            at += (u64)lengths[text];
        found[2 * nth + 1] = at;
    }
    return found;
}

static const u64 FACTORS[3] = {0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu, 0x165667B19E3779F9u};

static void sketch(const u32 *words, size_t count, const u64 *hashes, u8 *out, size_t size, u32 *smallest)
{
    for (size_t bucket = 0; bucket < size; bucket++)
        smallest[bucket] = UINT32_MAX;
    for (size_t at = 0; at + 2 < count; at++) {
        u64 mixed = hashes[words[at]] * FACTORS[0] ^ hashes[words[at + 1]] * FACTORS[1] ^ hashes[words[at + 2]] * FACTORS[2];
        size_t bucket;
        mixed ^= mixed >> 32;
        mixed *= FACTORS[0];
        mixed ^= mixed >> 32;
        bucket = (size_t)(((mixed >> 32) * size) >> 32);
        if ((u32)mixed < smallest[bucket])
            smallest[bucket] = (u32)mixed;
    }
    for (size_t bucket = 0; bucket < size; bucket++)
        out[bucket] = smallest[bucket] == UINT32_MAX ? 0 : (u8)(1 + smallest[bucket] % 255);
}

static u64 key_of(const u32 *words, size_t count, const u64 *hashes)
{
    u64 sum = 0;
    for (size_t at = 0; at < count; at++) {
        u64 mixed = (u64)at * 0x9E3779B97F4A7C15u ^ hashes[words[at]];
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
        sum += mixed ^ mixed >> 31;
    }
    return sum ? sum : 1;
}

PyObject *words_compare(PyObject *object, PyObject *args)
{
    const Words *self = (const Words *)object;
    PyObject *given[2], *sketches = NULL, *keys = NULL, *found = NULL;
    Py_buffer views[2];
    Py_ssize_t size, shortest;
    size_t forms, count;
    const u64 *hashes = NULL;
    const i64 *starts;
    u64 *bounds = NULL;
    u32 *smallest = NULL;
    if (is_busy(self) || !PyArg_ParseTuple(args, "OOnn", &given[0], &given[1], &size, &shortest))
        return NULL;
    starts = numbers_of(given[1], &views[1], 8, &count);
    if (!starts)
        return NULL;
    hashes = numbers_of(given[0], &views[0], 8, &forms);
    if (!hashes)
        goto end;
    if (forms != name_count(&self->forms) || size < 1 || shortest < 0) {
        PyErr_SetString(PyExc_ValueError, "expected a hash for each form");
        goto end;
    }
    bounds = bounds_of(self, starts, count);
    smallest = malloc((size_t)size * sizeof *smallest);
    sketches = bytes_for(count, (size_t)size);
    keys = bytes_for(count, 8);
    if (!smallest && !PyErr_Occurred())
        PyErr_NoMemory();
    if (!bounds || !smallest || !sketches || !keys)
        goto end;
    for (size_t nth = 0; nth < count; nth++) {
        const size_t words = (size_t)(bounds[2 * nth + 1] - bounds[2 * nth]);
        const u32 *first = (const u32 *)self->words.data + bounds[2 * nth];
        if (words < (size_t)shortest)
            continue;
        sketch(first, words, hashes, (u8 *)PyBytes_AsString(sketches) + nth * (size_t)size, (size_t)size, smallest);
        ((u64 *)PyBytes_AsString(keys))[nth] = key_of(first, words, hashes);
    }
    found = Py_BuildValue("(OO)", sketches, keys);
end:
    free(bounds);
    free(smallest);
    Py_XDECREF(sketches);
    Py_XDECREF(keys);
    PyBuffer_Release(&views[1]);
    if (hashes)
        PyBuffer_Release(&views[0]);
    return found;
}

PyObject *words_tally(PyObject *object, PyObject *args)
{
    const Words *self = (const Words *)object;
    const u32 *words = (const u32 *)self->words.data;
    const char *flags;
    Py_ssize_t forms;
    PyObject *given, *found = NULL;
    Py_buffer view;
    size_t count;
    const i64 *starts;
    u64 *bounds;
    if (is_busy(self) || !PyArg_ParseTuple(args, "y#O", &flags, &forms, &given))
        return NULL;
    starts = numbers_of(given, &view, 8, &count);
    if (!starts)
        return NULL;
    bounds = bounds_of(self, starts, count);
    if (bounds && (size_t)forms != name_count(&self->forms))
        PyErr_SetString(PyExc_ValueError, "expected a flag for each form");
    else if (bounds && (found = bytes_for(count, 8))) {
        i64 *sums = (i64 *)PyBytes_AsString(found);
        size_t at = 0;
        for (size_t nth = 0; nth < count; nth++)
            for (; at < bounds[2 * nth + 1]; at++)
                sums[nth] += flags[words[at]] != 0;
    }
    free(bounds);
    PyBuffer_Release(&view);
    return found;
}
