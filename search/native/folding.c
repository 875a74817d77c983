/* What becomes of characters: folded, and in small letters; and the CRC-32 of what comes out. */

#include "forms.h"

static u32 crc_table[256];

void set_up_crc(void)
{
    for (u32 byte = 0; byte < 256; byte++) {
        u32 sum = byte;
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320u : 0);
        crc_table[byte] = sum;
    }
}

u32 crc_of(const char *text, size_t size)
{
    u32 sum = ~(u32)0;
    for (size_t at = 0; at < size; at++)
        sum = sum >> 8 ^ crc_table[(sum ^ (u8)text[at]) & 0xFF];
    return ~sum;
}

/* The next character of a text in UTF-8; SIZE_MAX where it takes more than two bytes. */
static size_t next_character(const u8 **at, const u8 *end)
{
    const size_t first = *(*at)++;
    if (first < 0x80)
        return first;
    return first < 0xE0 && *at < end ? (first & 0x1F) << 6 | (*(*at)++ & 0x3F) : SIZE_MAX;
}

int add_changed(Row *row, const Row *changes, const char *text, size_t size)
{
    const size_t count = changes->used / sizeof(Change);
    const u8 *at = (const u8 *)text, *end = at + size;
    char *to = row_room(row, size * sizeof(Change));
    if (!to)
        return -1;
    while (at < end) {
        const size_t character = next_character(&at, end);
        if (character >= count)
            return ODD;
        memcpy(to, changes->data + character * sizeof(Change), sizeof(Change)); /* what is too much is written over */
        to += ((const Change *)changes->data)[character].size;
    }
    row->used = (size_t)(to - row->data);
    return 0;
}

int is_odd(const Row *changes, const char *text, size_t size)
{
    const size_t count = changes->used / sizeof(Change);
    const u8 *at = (const u8 *)text, *end = at + size;
    while (at < end)
        if (next_character(&at, end) >= count)
            return 1;
    return 0;
}

int set_changes(Row *changes, PyObject *texts)
{
    for (Py_ssize_t nth = 0; nth < PyList_Size(texts); nth++) {
        Change change = {{0}, 0};
        Py_ssize_t size;
        const char *text = PyUnicode_AsUTF8AndSize(PyList_GetItem(texts, nth), &size);
        if (!text)
            return -1;
        if (size > (Py_ssize_t)sizeof change.text) {
            PyErr_Format(PyExc_ValueError, "expected characters of at most %zu bytes", sizeof change.text);
            return -1;
        }
        memcpy(change.text, text, (size_t)size);
        change.size = (u8)size;
        if (row_add(changes, &change, sizeof change)) {
            PyErr_NoMemory();
            return -1;
        }
    }
    return 0;
}
