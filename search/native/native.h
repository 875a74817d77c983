/* What the files of the kernel share. Only the stable interface of CPython 3.11 is used, so that one build serves all
   later versions. */

#ifndef SEARCH_NATIVE_H
#define SEARCH_NATIVE_H

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t i32;
typedef int64_t i64;

/* A row of things of one size that grows at its end. */
typedef struct {
    char *data;
    size_t used, held; /* bytes */
} Row;

/* Make a row larger, so that so many bytes more have room; NULL where there is none. */
char *row_grow(Row *row, size_t bytes);

/* Room for so many bytes more behind what is used; NULL where there is none. No error is set, so that rows can be used
   without Python's lock. */
static inline char *row_room(Row *row, size_t bytes)
{
    return row->data && row->used + bytes <= row->held ? row->data + row->used : row_grow(row, bytes);
}

/* Add some bytes; -1 where there is no room. */
int row_add(Row *row, const void *bytes, size_t size);

void row_free(Row *row);

/* Make memory all 0, at once. The pages that calloc gives are there only when they are written to, and if they are read
   before, are put there twice. (A compiler that saw malloc and memset together would make them calloc.) */
void clear(void *memory, size_t size);

/* NULL, with the error that is set, or MemoryError. */
PyObject *failed_for_memory(void);

/* What is in a row. */
PyObject *bytes_of(const Row *row);

/* So many things of one size, all 0. */
PyObject *bytes_for(size_t count, size_t size);

/* The numbers of a C-contiguous buffer, each of `size` bytes; their count in `count`. NULL, with an error set, where
   it is no such buffer. The view must be released. */
const void *numbers_of(PyObject *object, Py_buffer *view, size_t size, size_t *count);

/* A text in UTF-8, surrogates without a partner among it. What is in `owner` must be let go of. */
const char *utf8_of(PyObject *text, Py_ssize_t *size, PyObject **owner);

/* Add the lines of a text without white space around them, those that are not empty, parted by line ends: 0; 1 if none
   has more characters than `widest`, -1 where there is no room. */
int lines_of_text(Row *row, const char *text, size_t size, size_t widest);

/* Add a text as one line, with single spaces for its white space; -1 where there is no room. */
int one_line(Row *row, const char *text, size_t size);

/* The first place from `at` on of ascending documents that is not less than the one wanted. */
size_t gallop(const i64 *documents, size_t count, size_t at, i64 wanted);

extern PyType_Spec words_spec, forms_spec;

PyObject *encode_lists(PyObject *module, PyObject *args);
PyObject *pack_texts(PyObject *module, PyObject *texts);
PyObject *pack_rows(PyObject *module, PyObject *args);
PyObject *names_of(PyObject *module, PyObject *data);
PyObject *rows_of(PyObject *module, PyObject *args);
PyObject *unite_forms(PyObject *module, PyObject *sources);
PyObject *rank_articles(PyObject *module, PyObject *args);
PyObject *union_of(PyObject *module, PyObject *lists);
PyObject *common_of(PyObject *module, PyObject *lists);

#endif
