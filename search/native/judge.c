/* From a chunk (a run without white space) to its words. The rules are in search.language.words.

   One that is new is judged here if it is simple, as search.engines.local.build.printed has it, or plain; else Python
   analyses it, once. */

#include "words.h"

u32 kind_at(const Words *self, const char *text, size_t left, int *size, u32 *point)
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

/* Whether what stands before this apostrophe is cut off: 1, or 0; -1 if what follows may be one word with it. */
static int is_elided(const Words *self, const char *text, size_t size, const Reader *reader)
{
    Reader behind = *reader;
    size_t start;
    u8 ignored;
    if (!is_one_of(&self->elided, text, size))
        return 0;
    go_on(self, &behind);
    start = behind.at;
    letters(self, &behind, 0, &ignored);
    return is_one_of(&self->uncut, reader->text + start, behind.at - start) ? -1 : 1;
}

/* Find the words of a chunk if it is simple: 1 if it is, 0 if not, -1 where there is no room. */
static int judge(Words *self, const char *text, size_t size, Chunk *chunk)
{
    Reader reader = {text, size, 0, OTHER, 0, 0};
    int breaks, ends, before, behind, is_first = 1;
    look(self, &reader);
    before = signs(self, &reader, &breaks);
    if (before > MOST_SIGNS)
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
        if (!count || count > self->longest)
            return 0;
        if (is_first && reader.step && reader.kind == APOSTROPHE) {
            if (is_elided(self, start, bytes, &reader) < 1)
                return 0;
            go_on(self, &reader);
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
    behind = signs(self, &reader, &ends);
    if (behind > MOST_SIGNS || reader.step)
        return 0;
    chunk->flags = (ends ? TAIL : 0) | (before < MOST_SIGNS ? MAY_FOLLOW : 0) | (behind < MOST_SIGNS ? MAY_PRECEDE : 0);
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

static size_t digits_at(const char *text, size_t size)
{
    size_t count = 0;
    while (count < size && text[count] >= '0' && text[count] <= '9')
        count++;
    return count;
}

/* Whether the chunk may begin a number whose thousands are parted by spaces, or go on with one. */
static u32 number_flags(const char *text, size_t size)
{
    const size_t first = digits_at(text, size);
    size_t digits = 0;
    while (digits < size && digits_at(text + size - 1 - digits, 1))
        digits++;
    return (digits && digits <= 3 && text[size - digits] != '0' &&
            (digits == size || (text[size - digits - 1] != '.' && text[size - digits - 1] != ','))
                ? OPENS_NUMBER
                : 0) |
           (first == 3 ? ENDS_NUMBER : 0);
}

/* Add the number that begins here and has one comma or point in it: how many bytes it takes; 0 if it is none, or one that
   is more than that; NOT_FOUND where there is no room. Three digits behind the point are thousands, as in `27.000`. */
static size_t add_decimal(Words *self, const char *text, size_t size, int breaks)
{
    const size_t whole = digits_at(text, size);
    const char *behind = text + whole + 1;
    size_t part, end;
    char form[32];
    if (!whole || whole + 1 >= size)
        return 0;
    part = digits_at(behind, size - whole - 1);
    end = whole + 1 + part;
    if (!part || end >= sizeof form || end > self->longest ||
        (end + 1 < size && (text[end] == '.' || text[end] == ',') && digits_at(text + end + 1, 1)))
        return 0;
    if (part == 3 && whole <= 3 && text[0] != '0') {
        memcpy(form, text, whole);
        memcpy(form + whole, behind, part);
        return add_word(self, form, end - 1, 0, breaks) ? NOT_FOUND : end;
    }
    return add_word(self, text, end, 0, breaks) ? NOT_FOUND : end;
}

/* The end of a form behind which there is an apostrophe, without a possessive; NULL if more than that follows. */
static const char *before_apostrophe(const Words *self, Reader *reader)
{
    const char *end = reader->text + reader->at;
    go_on(self, reader);
    if (is_in_word(reader, 1) && (reader->point == 's' || reader->point == 'S')) {
        go_on(self, reader);
        if (reader->step && reader->kind == APOSTROPHE)
            return NULL;
    }
    return is_in_word(reader, 1) ? NULL : end;
}

/* Add what begins with letters or digits: a word, the number, or nothing if an apostrophe cuts it off: 1, or 2 where it
   was cut off; 0 or -1 as `judge`. */
static int add_run(Words *self, Reader *reader, int breaks)
{
    const char *start = reader->text + reader->at, *end;
    u8 traits;
    const size_t count = letters(self, reader, 1, &traits);
    const int after_digit = digits_at(reader->text + reader->at - 1, 1) != 0;
    end = reader->text + reader->at;
    if (count > self->longest)
        return 0;
    if (reader->step && is_special(self, reader, count, after_digit)) {
        const size_t bytes =
            after_digit ? add_decimal(self, start, reader->size - (size_t)(start - reader->text), breaks) : 0;
        if (bytes == 0 || bytes == NOT_FOUND)
            return bytes ? -1 : 0;
        reader->at = (size_t)(start - reader->text) + bytes;
        look(self, reader);
        return 1;
    }
    if (reader->step && reader->kind == APOSTROPHE) {
        const int follows_number = start > reader->text && digits_at(start - 1, 1);
        const int elided = follows_number ? 0 : is_elided(self, start, (size_t)(end - start), reader);
        if (elided) {
            go_on(self, reader);
            return elided < 0 ? 0 : 2;
        }
        end = before_apostrophe(self, reader);
        if (!end)
            return 0;
    }
    return add_word(self, start, (size_t)(end - start), traits, breaks) ? -1 : 1;
}

/* Find the words of a chunk of Latin letters, digits and signs that mean nothing else: 1, 0 or -1 as `judge`. */
static int judge_plain(Words *self, const char *text, size_t size, Chunk *chunk)
{
    Reader reader = {text, size, 0, OTHER, 0, 0};
    int breaks;
    look(self, &reader);
    breaks = reader.step && reader.kind == HYPHEN;
    while (reader.step) {
        if (is_in_word(&reader, 1)) {
            const int added = add_run(self, &reader, breaks);
            if (added < 1)
                return added;
            chunk->count += added == 1;
            breaks = added == 1 ? 0 : breaks;
        } else {
            if (reader.kind == SPACE || reader.kind == OTHER)
                return 0;
            breaks |= reader.kind == SIGN || reader.kind == BREAK;
            go_on(self, &reader);
        }
    }
    chunk->flags = (breaks ? TAIL : 0) | number_flags(text, size);
    return 1;
}

/* Find the number that is all of some chunks, whose thousands are parted by spaces, but for signs around it: 1, 0 or -1 as
   `judge`. */
static int judge_spaced(Words *self, const char *text, size_t size, Chunk *chunk)
{
    Reader reader = {text, size, 0, OTHER, 0, 0};
    char form[32];
    size_t count, used = 0;
    int breaks, ends;
    look(self, &reader);
    if (signs(self, &reader, &breaks) && digits_at(text + reader.at, size - reader.at) && reader.at &&
        strchr(".,", text[reader.at - 1]))
        return 0;
    count = digits_at(text + reader.at, size - reader.at);
    if (!count || count > 3 || text[reader.at] == '0')
        return 0;
    for (;;) {
        if (used + count > sizeof form)
            return 0;
        memcpy(form + used, text + reader.at, count);
        used += count;
        reader.at += count;
        if (reader.at == size || text[reader.at] != ' ')
            break;
        reader.at++;
        count = digits_at(text + reader.at, size - reader.at);
        if (count != 3)
            return 0;
    }
    look(self, &reader);
    signs(self, &reader, &ends);
    if (reader.step || used <= 3)
        return 0;
    if (add_word(self, form, used, 0, breaks))
        return -1;
    chunk->count = 1;
    chunk->flags = ends ? TAIL : 0;
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

/* Put down what is known of a chunk, under a number that it has or gets; NOT_FOUND where there is no room. */
static size_t put_down(Words *self, const Wanted *wanted, size_t number, const Chunk *chunk)
{
    if (number == NOT_FOUND) {
        if (!row_room(&self->about, sizeof *chunk))
            return NOT_FOUND;
        number = name_add(&self->chunks, wanted);
        if (number != NOT_FOUND)
            row_add(&self->about, chunk, sizeof *chunk);
    } else
        ((Chunk *)self->about.data)[number] = *chunk;
    return number;
}

static u32 flags_at(const Words *self, size_t number)
{
    return ((const Chunk *)self->about.data)[number].flags;
}

size_t chunk_of(Words *self, const Wanted *wanted, int has_spaces)
{
    const size_t known = name_find(&self->chunks, wanted), before = self->coded.used;
    const char *text = wanted->text;
    const size_t size = wanted->size;
    Chunk chunk = {(u32)(before / sizeof(u32)), 0, 0};
    size_t number = NOT_FOUND;
    int simple;
    if (known != NOT_FOUND && !(flags_at(self, known) & UNJUDGED))
        return known;
    simple = has_spaces ? judge_spaced(self, text, size, &chunk) : judge(self, text, size, &chunk);
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
    if (simple >= 0)
        number = put_down(self, wanted, known, &chunk);
    if (number == NOT_FOUND)
        self->coded.used = before;
    return number;
}

int core_of(Words *self, const Wanted *wanted, u32 wants, size_t *number)
{
    const size_t before = self->coded.used;
    *number = name_find(&self->chunks, wanted);
    if (*number == NOT_FOUND) {
        Chunk chunk = {(u32)(before / sizeof(u32)), 0, 0};
        const int simple = judge(self, wanted->text, wanted->size, &chunk);
        if (!simple) {
            self->coded.used = before;
            chunk = (Chunk){chunk.first, 0, UNJUDGED};
        }
        if (simple >= 0)
            *number = put_down(self, wanted, NOT_FOUND, &chunk);
        if (*number == NOT_FOUND) {
            self->coded.used = before;
            return -1;
        }
    }
    return (flags_at(self, *number) & wants) == wants;
}
