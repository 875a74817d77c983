/* From a text to its words. The rules are in search.language.words.

   A chunk (a run without white space) is looked up as it is printed. One that is new is judged here if it is simple, as
   search.engines.local.build.printed has it; else Python analyses it, once. */

#include "words.h"

static u32 kind_at(const Words *self, const char *text, size_t left, int *size, u32 *point)
{
    const u8 *at = (const u8 *)text;
    u32 found = at[0];
    *size = 1;
    if (found >= 0xF0 && left >= 4) {
        *size = 4;
        found = (found & 7) << 18 | (u32)(at[1] & 63) << 12 | (u32)(at[2] & 63) << 6 | (at[3] & 63);
    } else if (found >= 0xE0 && left >= 3) {
        *size = 3;
        found = (found & 15) << 12 | (u32)(at[1] & 63) << 6 | (at[2] & 63);
    } else if (found >= 0xC0 && left >= 2) {
        *size = 2;
        found = (found & 31) << 6 | (at[1] & 63);
    }
    *point = found;
    return found < self->kinds.used ? (u8)self->kinds.data[found] : OTHER;
}

static int is_space(const Words *self, const char *text, size_t left, int *size)
{
    u32 point;
    if ((u8)*text < 0x80) {
        *size = 1;
        return self->kinds.data[(u8)*text] == SPACE;
    }
    return kind_at(self, text, left, size, &point) == SPACE;
}

/* The number of a form, which gets one if it is new; NOT_FOUND where there is no room. */
static size_t form_of(Words *self, const char *text, size_t size, u8 traits)
{
    const Wanted wanted = name_wanted(&self->forms, text, size);
    size_t number = name_find(&self->forms, &wanted);
    if (number != NOT_FOUND)
        return number;
    if (!row_room(&self->traits, 1))
        return NOT_FOUND;
    number = name_add(&self->forms, &wanted);
    if (number != NOT_FOUND)
        row_add(&self->traits, &traits, 1);
    return number;
}

static int add_word(Words *self, const char *text, size_t size, u8 traits, int breaks)
{
    const size_t form = form_of(self, text, size, traits);
    const u32 coded = (u32)form << 1 | (breaks != 0);
    return form == NOT_FOUND ? -1 : row_add(&self->coded, &coded, sizeof coded);
}

static int is_one_of(const Names *names, const char *text, size_t size)
{
    const Wanted wanted = name_wanted(names, text, size);
    return name_find(names, &wanted) != NOT_FOUND;
}

typedef struct {
    const char *text;
    size_t size, at;    /* bytes */
    u32 kind, point;    /* of the character here; `step` is its size, 0 behind the end */
    int step;
} Reader;

static void look(const Words *self, Reader *reader)
{
    reader->step = 0;
    if (reader->at < reader->size)
        reader->kind = kind_at(self, reader->text + reader->at, reader->size - reader->at, &reader->step,
                               &reader->point);
}

static void go_on(const Words *self, Reader *reader)
{
    reader->at += (size_t)reader->step;
    look(self, reader);
}

/* Pass over signs: how many there are; whether a sentence may end at one of them. */
static int signs(const Words *self, Reader *reader, int *ends)
{
    int count = 0;
    *ends = 0;
    for (; reader->step && (reader->kind == SIGN || reader->kind == COMMA); go_on(self, reader)) {
        *ends |= reader->kind == SIGN;
        count++;
    }
    return count;
}

static int is_in_word(const Reader *reader, int with_digits)
{
    return reader->step && (reader->kind >= LETTER || (with_digits && reader->kind == DIGIT));
}

/* Pass over letters (and digits): how many there are; what is known of the form that they are. */
static size_t letters(const Words *self, Reader *reader, int with_digits, u8 *traits)
{
    size_t count = 0, upper = 0, digits = 0;
    *traits = 0;
    for (; is_in_word(reader, with_digits); go_on(self, reader)) {
        const int is_upper = reader->point < self->upper.used && self->upper.data[reader->point];
        if (is_upper && !count)
            *traits = CAPITAL;
        upper += (size_t)is_upper;
        digits += reader->kind == DIGIT;
        count++;
    }
    if (count > 1 && upper && upper + digits == count)
        *traits |= SHOUTED;
    return count;
}

/* Find the words of a chunk if it is simple: 1 if it is, 0 if not, -1 where there is no room. */
static int judge(Words *self, const char *text, size_t size, Chunk *chunk)
{
    Reader reader = {text, size, 0, OTHER, 0, 0};
    int breaks, ends, is_first = 1;
    look(self, &reader);
    if (signs(self, &reader, &breaks) > 2)
        return 0;
    if (!reader.step) {
        chunk->flags = breaks ? TAIL : 0;
        return 1;
    }
    for (;; is_first = 0) {
        const char *start = text + reader.at;
        u8 traits;
        const size_t count = letters(self, &reader, 0, &traits);
        const size_t bytes = (size_t)(text + reader.at - start);
        const int is_elision = is_first && reader.step && reader.kind == APOSTROPHE;
        if (!count || count > self->longest)
            return 0;
        if (is_elision) {
            Reader behind;
            u8 ignored;
            if (!is_one_of(&self->elided, start, bytes))
                return 0;
            go_on(self, &reader);
            behind = reader;
            letters(self, &behind, 0, &ignored);
            if (is_one_of(&self->uncut, text + reader.at, behind.at - reader.at))
                return 0;
            continue;
        }
        if (add_word(self, start, bytes, traits, breaks))
            return -1;
        breaks = 0;
        chunk->count++;
        if (!reader.step || reader.kind != HYPHEN)
            break;
        go_on(self, &reader);
    }
    if (signs(self, &reader, &ends) > 2 || reader.step)
        return 0;
    chunk->flags = ends ? TAIL : 0;
    return 1;
}

/* Whether a sign is one at which other rules begin: a number's, before a digit, or an acronym's. `run` is how many
   letters stand before it, `after_digit` whether the last of them is a digit. */
static int is_special(const Words *self, const Reader *reader, size_t run, int after_digit)
{
    Reader next = *reader;
    if (!run || !(reader->kind == COMMA || (reader->kind == SIGN && reader->point == '.')))
        return 0;
    go_on(self, &next);
    if (!next.step)
        return 0;
    return after_digit ? next.kind == DIGIT : run == 1 && next.kind >= LETTER && reader->point == '.';
}

/* Whether the chunk may begin a number whose thousands are parted by spaces, or go on with one. */
static u32 number_flags(const char *text, size_t size)
{
    size_t digits = 0, first = 0;
    while (digits < size && text[size - 1 - digits] >= '0' && text[size - 1 - digits] <= '9')
        digits++;
    while (first < size && text[first] >= '0' && text[first] <= '9')
        first++;
    return (digits && digits <= 3 && text[size - digits] != '0' &&
            (digits == size || (text[size - digits - 1] != '.' && text[size - digits - 1] != ','))
                ? OPENS_NUMBER
                : 0) |
           (first == 3 ? ENDS_NUMBER : 0);
}

/* Find the words of a chunk of Latin letters, digits and signs that mean nothing else: 1, 0 or -1 as `judge`. */
static int judge_plain(Words *self, const char *text, size_t size, Chunk *chunk)
{
    Reader reader = {text, size, 0, OTHER, 0, 0};
    int breaks = 0;
    look(self, &reader);
    if (reader.step && reader.kind == HYPHEN)
        breaks = 1;
    while (reader.step) {
        const char *start = text + reader.at;
        u8 traits;
        const size_t count = letters(self, &reader, 1, &traits);
        if (count > self->longest)
            return 0;
        if (count) {
            const char last = text[reader.at - 1];
            if (reader.step && is_special(self, &reader, count, last >= '0' && last <= '9'))
                return 0;
            if (add_word(self, start, (size_t)(text + reader.at - start), traits, breaks))
                return -1;
            chunk->count++;
            breaks = 0;
        } else {
            if (reader.kind != SIGN && reader.kind != COMMA && reader.kind != HYPHEN && reader.kind != BREAK &&
                reader.kind != PLAIN)
                return 0;
            breaks |= reader.kind == SIGN || reader.kind == BREAK;
            go_on(self, &reader);
        }
    }
    chunk->flags = (breaks ? TAIL : 0) | number_flags(text, size);
    return 1;
}

/* Let Python find the words of a chunk. */
static int analysed(Words *self, const char *text, size_t size, int has_spaces, Chunk *chunk)
{
    PyObject *string = PyUnicode_DecodeUTF8(text, (Py_ssize_t)size, "surrogatepass"), *found, *parts;
    int tail, opens, ends, failed = 1;
    if (!string)
        return -1;
    found = PyObject_CallFunction(self->analyse, "Oi", string, has_spaces);
    Py_DECREF(string);
    if (!found)
        return -1;
    if (PyArg_ParseTuple(found, "Oppp", &parts, &tail, &opens, &ends)) {
        const Py_ssize_t count = PyList_Size(parts);
        failed = count < 0;
        for (Py_ssize_t nth = 0; nth < count && !failed; nth++) {
            PyObject *form, *owner;
            Py_ssize_t bytes;
            int breaks, capital, shouted;
            const char *printed;
            failed = 1;
            if (!PyArg_ParseTuple(PyList_GetItem(parts, nth), "Uppp", &form, &breaks, &capital, &shouted))
                break;
            printed = utf8_of(form, &bytes, &owner);
            if (printed)
                failed = add_word(self, printed, (size_t)bytes, (u8)(capital * CAPITAL + shouted * SHOUTED), breaks);
            Py_XDECREF(owner);
        }
        chunk->count = failed ? 0 : (u32)count;
        chunk->flags = (u32)(tail * TAIL + opens * OPENS_NUMBER + ends * ENDS_NUMBER);
    }
    Py_DECREF(found);
    return failed ? -1 : 0;
}

/* The same, by whoever has let go of Python's lock. */
static int analyse(Words *self, const char *text, size_t size, int has_spaces, Chunk *chunk)
{
    int failed;
    PyEval_RestoreThread(self->thread);
    failed = analysed(self, text, size, has_spaces, chunk);
    self->thread = PyEval_SaveThread();
    return failed;
}

/* The number of a chunk, which is judged or analysed if it is new. */
static size_t chunk_of(Words *self, const Wanted *wanted, int has_spaces)
{
    const size_t number = name_find(&self->chunks, wanted);
    const char *text = wanted->text;
    const size_t size = wanted->size, before = self->coded.used;
    Chunk chunk = {(u32)(before / sizeof(u32)), 0, 0};
    int simple;
    if (number != NOT_FOUND)
        return number;
    simple = has_spaces ? 0 : judge(self, text, size, &chunk);
    if (!simple && !has_spaces) {
        self->coded.used = before;
        chunk.count = 0;
        simple = judge_plain(self, text, size, &chunk);
    }
    if (!simple) {
        self->coded.used = before;
        chunk.count = 0;
        simple = analyse(self, text, size, has_spaces, &chunk);
    }
    if (simple < 0 || !row_room(&self->about, sizeof chunk)) {
        self->coded.used = before;
        return NOT_FOUND;
    }
    const size_t added = name_add(&self->chunks, wanted);
    if (added == NOT_FOUND)
        self->coded.used = before;
    else
        row_add(&self->about, &chunk, sizeof chunk);
    return added;
}

typedef struct {
    size_t start, end, number;
} Found;

enum { AHEAD = 16 };

/* A text, and the next chunks of it: their slots are asked for from memory some time before they are needed. */
typedef struct {
    const char *text;
    size_t size, at;
    Wanted wanted[AHEAD];
    int next, count;
} Text;

static void read_ahead(const Words *self, Text *text)
{
    const char *base = text->text;
    const size_t size = text->size;
    size_t at = text->at;
    int step;
    text->next = text->count = 0;
    while (text->count < AHEAD) {
        size_t start;
        while (at < size && is_space(self, base + at, size - at, &step))
            at += (size_t)step;
        start = at;
        while (at < size && !is_space(self, base + at, size - at, &step))
            at += (size_t)step;
        if (start == at)
            break;
        text->wanted[text->count] = name_wanted(&self->chunks, base + start, at - start);
        name_prefetch(&self->chunks, &text->wanted[text->count++]);
    }
    text->at = at;
}

/* Find the next chunk: 1 if there is one, 0 if not, -1 where something went wrong. */
static int next_chunk(Words *self, Text *text, Found *found)
{
    const Wanted *wanted;
    if (text->next == text->count)
        read_ahead(self, text);
    if (text->next == text->count)
        return 0;
    wanted = &text->wanted[text->next++];
    found->start = (size_t)(wanted->text - text->text);
    found->end = found->start + wanted->size;
    found->number = chunk_of(self, wanted, 0);
    return found->number == NOT_FOUND ? -1 : 1;
}

static u32 flags_of(const Words *self, size_t number)
{
    return ((const Chunk *)self->about.data)[number].flags;
}

/* Whether one chunk may go on with the next: one white space that ends no line lies between them. */
static int goes_on(const Words *self, const char *text, const Found *one, const Found *two)
{
    int step;
    if (!(flags_of(self, two->number) & ENDS_NUMBER) || text[one->end] == '\n')
        return 0;
    is_space(self, text + one->end, two->start - one->end, &step);
    return one->end + (size_t)step == two->start;
}

static int emit(Words *self, size_t number, int *opens)
{
    const Chunk *chunk = (const Chunk *)self->about.data + number;
    const u32 *coded = (const u32 *)self->coded.data + chunk->first;
    u32 *words = (u32 *)row_room(&self->words, chunk->count * sizeof(u32));
    u8 *telling = (u8 *)row_room(&self->telling, chunk->count);
    if (!words || !telling)
        return -1;
    for (u32 nth = 0; nth < chunk->count; nth++) {
        words[nth] = coded[nth] >> 1;
        telling[nth] = (u8)((coded[nth] & 1) | (u32)*opens);
        *opens = 0;
    }
    self->words.used += chunk->count * sizeof(u32);
    self->telling.used += chunk->count;
    *opens |= (chunk->flags & TAIL) != 0;
    return 0;
}

/* Of the words of a text, from whether each opens a sentence: whether its case says something. */
static void judge_case(Words *self, size_t first)
{
    const u32 *words = (const u32 *)self->words.data;
    const u8 *traits = (const u8 *)self->traits.data;
    u8 *telling = (u8 *)self->telling.data;
    const size_t end = self->telling.used;
    int before = 0;
    for (size_t at = first; at < end; at++) {
        const int here = traits[words[at]], shouts = here & SHOUTED;
        const int beside = before || (at + 1 < end && traits[words[at + 1]] & SHOUTED);
        telling[at] = !(here & CAPITAL) || !(telling[at] || (shouts && beside));
        before = shouts;
    }
}

/* Take together `here`, `next` and what goes on with them as one number whose thousands are parted by spaces; `next` is
   then the chunk behind it. What `next_chunk` said of that one. */
static int take_together(Words *self, Text *text, Found *here, Found *next)
{
    Wanted wanted;
    int there;
    do {
        here->end = next->end;
        there = next_chunk(self, text, next);
    } while (there > 0 && goes_on(self, text->text, here, next));
    if (there < 0)
        return -1;
    wanted = name_wanted(&self->chunks, text->text + here->start, here->end - here->start);
    here->number = chunk_of(self, &wanted, 1);
    return here->number == NOT_FOUND ? -1 : there;
}

int scan_text(Words *self, const char *given, size_t size)
{
    const size_t words = self->words.used, first = self->telling.used;
    Text text = {given, size, 0, {{0}}, 0, 0};
    Found here, next;
    int opens = 1, there = next_chunk(self, &text, &here);
    i32 length;
    while (there > 0) {
        there = next_chunk(self, &text, &next);
        if (there > 0 && flags_of(self, here.number) & OPENS_NUMBER && goes_on(self, given, &here, &next))
            there = take_together(self, &text, &here, &next);
        if (there < 0 || emit(self, here.number, &opens))
            there = -1;
        here = next;
    }
    length = (i32)(self->telling.used - first);
    if (there < 0 || row_add(&self->lengths, &length, sizeof length)) {
        self->words.used = words;
        self->telling.used = first;
        return -1;
    }
    judge_case(self, first);
    return 0;
}
