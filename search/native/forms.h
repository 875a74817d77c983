/* What there is to say of printed forms (search.engines.local.build.described), found out once for each. */

#ifndef SEARCH_FORMS_H
#define SEARCH_FORMS_H

#include "words.h"

/* What becomes of a character: a few bytes. */
typedef struct {
    char text[7];
    u8 size;
} Change;

/* A form's place in the order of forms: the first bytes of its folded form, as a number, tell most of them apart. */
typedef struct {
    u64 key;
    u32 number;
} Place;

typedef struct {
    PyObject_HEAD
    Words *words;            /* whose forms they are */
    Row folding, lowering;   /* Change: of each character that is not odd, by its code point */
    Strings folded, lowered; /* of each form that is described; lowered: in small letters */
    Row hashes;              /* u64: the CRC-32 of each folded form */
    Row order;               /* Place */
} Forms;

enum { ODD = 1 };

/* Take a list of what becomes of each character; -1, with an error set, where that fails. */
int set_changes(Row *changes, PyObject *texts);

/* Add what becomes of each character of a text. ODD where it has an odd one, -1 where there is no room: then nothing is
   added. */
int add_changed(Row *row, const Row *changes, const char *text, size_t size);

int is_odd(const Row *changes, const char *text, size_t size);

/* CRC-32, as zlib has it. */
void set_up_crc(void);
u32 crc_of(const char *text, size_t size);

/* Whether somebody works on the words; then an error is set. */
int forms_busy(const Forms *self);

/* Some numbers of described forms (i64); NULL, with an error set, where they are none. The view must be released. */
const i64 *form_numbers(const Forms *self, PyObject *object, Py_buffer *view, size_t *count);

PyObject *forms_lines(PyObject *self, PyObject *numbers);
PyObject *forms_terms(PyObject *self, PyObject *args);
PyObject *forms_in_order(PyObject *self, PyObject *none);
PyObject *forms_light(PyObject *self, PyObject *args);
PyObject *forms_stemmed(PyObject *self, PyObject *args);

#endif
