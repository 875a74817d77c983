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

/* Of a chunk. */
enum { TAIL = 1, OPENS_NUMBER = 2, ENDS_NUMBER = 4 };

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
