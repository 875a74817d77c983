/* Stems of forms: light ones by the rules of search.language.suffixes; and their entries, as
   search.engines.local.codec.stems has them. */

#include "forms.h"

/* A rule: words that end so get this instead, if they have so many characters and none of these before. */
typedef struct {
    const char *ending, *instead, *after;
    Py_ssize_t size, instead_size, after_size, shortest, step;
} Rule;

typedef struct {
    Row rules;          /* Rule: step by step */
    Names own;          /* words that have a stem of their own, */
    Strings instead;    /* and this */
    size_t growth;      /* so many bytes a stem may be longer than its word */
    u8 last[256];       /* whether such a byte is at the end of an ending, or of such a word */
} Suffixes;

static int has_more_than_ascii(const Rule *rule)
{
    int found = 0;
    for (Py_ssize_t at = 0; at < rule->after_size; at++)
        found |= rule->after[at] & 0x80;
    return found;
}

static int add_rules(Suffixes *suffixes, PyObject *step, Py_ssize_t number)
{
    const Py_ssize_t count = PyTuple_Size(step);
    for (Py_ssize_t nth = 0; nth < count; nth++) {
        Rule rule = {.step = number};
        if (!PyArg_ParseTuple(PyTuple_GetItem(step, nth), "s#s#ns#", &rule.ending, &rule.size, &rule.instead,
                              &rule.instead_size, &rule.shortest, &rule.after, &rule.after_size))
            return -1;
        if (!rule.size || has_more_than_ascii(&rule)) {
            PyErr_SetString(PyExc_ValueError, "expected endings, and letters of ASCII before them");
            return -1;
        }
        suffixes->last[(u8)rule.ending[rule.size - 1]] = 1;
        suffixes->growth += (size_t)rule.instead_size;
        if (row_add(&suffixes->rules, &rule, sizeof rule))
            return -1;
    }
    return count < 0 ? -1 : 0;
}

static int add_own(Suffixes *suffixes, PyObject *pair)
{
    const char *word, *stem;
    Py_ssize_t size, stem_size;
    Wanted wanted;
    if (!PyArg_ParseTuple(pair, "s#s#", &word, &size, &stem, &stem_size))
        return -1;
    if (!size) {
        PyErr_SetString(PyExc_ValueError, "expected words with a stem of their own");
        return -1;
    }
    suffixes->last[(u8)word[size - 1]] = 1;
    suffixes->growth += (size_t)stem_size;
    wanted = name_wanted(&suffixes->own, word, (size_t)size);
    return name_add(&suffixes->own, &wanted) == NOT_FOUND || string_add(&suffixes->instead, stem, (size_t)stem_size);
}

/* What Python has as tuples; strings stay theirs. */
static int open_suffixes(Suffixes *suffixes, PyObject *steps, PyObject *own, u64 seed)
{
    suffixes->own.seed = seed;
    for (Py_ssize_t nth = 0; nth < PyTuple_Size(steps); nth++)
        if (add_rules(suffixes, PyTuple_GetItem(steps, nth), nth))
            return -1;
    for (Py_ssize_t nth = 0; nth < PyTuple_Size(own); nth++)
        if (add_own(suffixes, PyTuple_GetItem(own, nth)))
            return -1;
    return 0;
}

static Py_ssize_t characters(const char *text, size_t size)
{
    Py_ssize_t count = 0;
    for (size_t at = 0; at < size; at++)
        count += (text[at] & 0xC0) != 0x80;
    return count;
}

static int fits(const Rule *rule, const char *word, size_t size)
{
    const size_t ending = (size_t)rule->size;
    if (size < ending || word[size - 1] != rule->ending[ending - 1] || memcmp(word + size - ending, rule->ending, ending))
        return 0;
    if (size > ending && rule->after_size && memchr(rule->after, word[size - ending - 1], (size_t)rule->after_size))
        return 0;
    return characters(word, size) >= rule->shortest;
}

/* Make a word its light stem; how long that is. */
static size_t to_light(const Suffixes *suffixes, char *word, size_t size)
{
    const Rule *rule = (const Rule *)suffixes->rules.data;
    const Rule *end = rule + suffixes->rules.used / sizeof *rule;
    while (rule < end && size && suffixes->last[(u8)word[size - 1]]) {
        const Py_ssize_t step = rule->step;
        const Wanted wanted = name_wanted(&suffixes->own, word, size);
        const size_t own = name_find(&suffixes->own, &wanted);
        if (own != NOT_FOUND) {
            const char *stem = string_at(&suffixes->instead, own, &size);
            memcpy(word, stem, size);
            return size;
        }
        while (rule < end && rule->step == step && !fits(rule, word, size))
            rule++;
        if (rule < end && rule->step == step) {
            size -= (size_t)rule->size;
            memcpy(word + size, rule->instead, (size_t)rule->instead_size);
            size += (size_t)rule->instead_size;
        }
        while (rule < end && rule->step == step)
            rule++;
    }
    return size;
}

/* The entry of a form with a stem; -1 where the stem is odd, -2 where there is no room. */
static i64 entry(const Forms *self, size_t number, const char *stem, size_t size, const Names *stop, Row *room)
{
    const char *text;
    const int failed = (room->used = 0, add_changed(room, &self->folding, stem, size));
    Wanted small;
    if (failed)
        return failed == ODD ? -1 : -2;
    text = string_at(&self->folded, number, &size);
    if (size == room->used && !memcmp(text, room->data, size))
        return 0;
    text = string_at(&self->lowered, number, &size);
    small = name_wanted(stop, text, size);
    if (name_find(stop, &small) != NOT_FOUND)
        return 0;
    size = crc_of(room->data, room->used) & 0xFFFF;
    return size ? (i64)size : 1;
}

static int light_entries(const Forms *self, const i64 *numbers, size_t count, const Suffixes *suffixes, const Names *stop,
                         i64 *entries)
{
    Row word = {0}, room = {0};
    int failed = 0;
    for (size_t nth = 0; nth < count && !failed; nth++) {
        size_t size;
        const char *text = string_at(&self->lowered, (size_t)numbers[nth], &size);
        word.used = 0;
        if (!row_room(&word, size + suffixes->growth)) {
            failed = -1;
            break;
        }
        memcpy(word.data, text, size);
        size = to_light(suffixes, word.data, size);
        entries[nth] = entry(self, (size_t)numbers[nth], word.data, size, stop, &room);
        failed = entries[nth] < -1;
    }
    row_free(&word);
    row_free(&room);
    return failed;
}

PyObject *forms_light(PyObject *object, PyObject *args)
{
    const Forms *self = (const Forms *)object;
    Suffixes suffixes = {0};
    Names stop = {0};
    PyObject *given, *steps, *own, *words, *found = NULL;
    Py_buffer view;
    size_t count;
    const i64 *numbers;
    if (forms_busy(self) || !PyArg_ParseTuple(args, "OO!O!O!", &given, &PyTuple_Type, &steps, &PyTuple_Type, &own,
                                              &PyList_Type, &words))
        return NULL;
    numbers = form_numbers(self, given, &view, &count);
    if (!numbers)
        return NULL;
    if (!open_suffixes(&suffixes, steps, own, self->words->forms.seed) &&
        !names_fill(&stop, words, self->words->forms.seed) && (found = bytes_for(count, sizeof(i64)))) {
        int failed;
        self->words->busy = 1;
        Py_BEGIN_ALLOW_THREADS
        failed = light_entries(self, numbers, count, &suffixes, &stop, (i64 *)PyBytes_AsString(found));
        Py_END_ALLOW_THREADS
        self->words->busy = 0;
        if (failed)
            Py_CLEAR(found);
    }
    names_free(&stop);
    names_free(&suffixes.own);
    strings_free(&suffixes.instead);
    row_free(&suffixes.rules);
    PyBuffer_Release(&view);
    return found ? found : failed_for_memory();
}

static int stemmed_entries(const Forms *self, const i64 *numbers, PyObject *stems, const Names *stop, i64 *entries)
{
    Row room = {0};
    int failed = 0;
    for (Py_ssize_t nth = 0; nth < PyList_Size(stems) && !failed; nth++) {
        Py_ssize_t size;
        char *text;
        failed = PyBytes_AsStringAndSize(PyList_GetItem(stems, nth), &text, &size);
        if (!failed) {
            entries[nth] = entry(self, (size_t)numbers[nth], text, (size_t)size, stop, &room);
            failed = entries[nth] < -1;
        }
    }
    row_free(&room);
    return failed;
}

PyObject *forms_stemmed(PyObject *object, PyObject *args)
{
    const Forms *self = (const Forms *)object;
    Names stop = {0};
    PyObject *given, *stems, *words, *found = NULL;
    Py_buffer view;
    size_t count;
    const i64 *numbers;
    if (forms_busy(self) || !PyArg_ParseTuple(args, "OO!O!", &given, &PyList_Type, &stems, &PyList_Type, &words))
        return NULL;
    numbers = form_numbers(self, given, &view, &count);
    if (!numbers)
        return NULL;
    if (count != (size_t)PyList_Size(stems))
        PyErr_SetString(PyExc_ValueError, "expected a stem for each form");
    else if (!names_fill(&stop, words, self->words->forms.seed) && (found = bytes_for(count, sizeof(i64))) &&
             stemmed_entries(self, numbers, stems, &stop, (i64 *)PyBytes_AsString(found)))
        Py_CLEAR(found);
    names_free(&stop);
    PyBuffer_Release(&view);
    return found ? found : failed_for_memory();
}
