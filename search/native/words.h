/* The words of texts: what is known of chunks and forms, and the words so far. */

#ifndef SEARCH_WORDS_H
#define SEARCH_WORDS_H

#include "names.h"

/* What a character is (search.engines.local.build.printed, and .compiled from DIGIT on); letters are any number from
   LETTER on. */
enum { SPACE, APOSTROPHE, HYPHEN, COMMA, SIGN, OTHER, DIGIT, BREAK, PLAIN, LETTER = 16 };

/* Of a form, and of a word. */
enum { CAPITAL = 1, SHOUTED = 2 };
enum { OPENS = 1, TELLING = 1 };

/* Of a chunk: whether a sentence may end behind its words; what `take_together` asks; whether it is simple, and is so with
   one more sign before it (MAY_FOLLOW), or behind it; whether it was only seen without such signs, and is not simple. */
enum { TAIL = 1, OPENS_NUMBER = 2, ENDS_NUMBER = 4, MAY_FOLLOW = 8, MAY_PRECEDE = 16, UNJUDGED = 32 };

/* A simple chunk has so many signs before its words, and behind them, at most. */
enum { MOST_SIGNS = 2 };

typedef struct {
    u32 first, count; /* its words, among those of all chunks */
    u32 flags;
} Chunk;

typedef struct {
    PyObject_HEAD
    Names chunks, forms, elided, uncut;
    Row about;       /* Chunk: of each chunk */
    Row coded;       /* u32: the words of all chunks, form << 1 | whether a sentence may end before */
    Row traits;      /* u8: of each form */
    Row kinds, upper; /* u8: of each character, by its code point */
    size_t longest;
    PyObject *analyse;
    PyThreadState *thread; /* of whoever works without Python's lock */
    int busy;        /* whether somebody does: then nobody else may */
    Row words;       /* u32: the form of each word so far */
    Row telling;     /* u8: whether its case says something */
    Row lengths;     /* i32: how many words each text has */
} Words;

/* What a character is; its size in bytes and its code point. */
u32 kind_at(const Words *self, const char *text, size_t left, int *size, u32 *point);

/* The number of a chunk (or of some in a row), which is judged or analysed if it is new; NOT_FOUND where that failed. */
size_t chunk_of(Words *self, const Wanted *wanted, int has_spaces);

/* The number of a chunk whose first or last sign is cut off: 1 if it is such that the signs (MAY_FOLLOW, MAY_PRECEDE)
   add nothing but that a sentence may end there; 0 if not, -1 where there is no room. */
int core_of(Words *self, const Wanted *wanted, u32 wants, size_t *number);

/* Add the words of a text; without Python's lock, which is taken only to analyse a chunk. -1 where that failed (an error
   is set), or where there is no room. */
int scan_text(Words *self, const char *text, size_t size);

/* Whether another thread works; then an error is set. */
int is_busy(const Words *self);

int words_init(PyObject *self, PyObject *args, PyObject *named);
PyObject *words_invert(PyObject *self, PyObject *args);
PyObject *words_compare(PyObject *self, PyObject *args);
PyObject *words_tally(PyObject *self, PyObject *args);

#endif
