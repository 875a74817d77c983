/* The lines of texts in UTF-8. */

#include "native.h"

/* Whether a character is white space, as `str.isspace` has it. */
static int is_white(u32 point)
{
    return point == ' ' || (point >= 0x09 && point <= 0x0D) || (point >= 0x1C && point <= 0x1F) || point == 0x85 ||
           point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 ||
           point == 0x202F || point == 0x205F || point == 0x3000;
}

/* The character at `at`, if it is one of up to three bytes; 0 otherwise. `size` is that of the character. */
static u32 point_at(const u8 *at, size_t left, size_t *size)
{
    *size = 1;
    if (*at < 0x80)
        return *at;
    if (*at >= 0xC0 && *at < 0xE0 && left >= 2) {
        *size = 2;
        return (u32)(at[0] & 31) << 6 | (at[1] & 63);
    }
    if (*at >= 0xE0 && *at < 0xF0 && left >= 3) {
        *size = 3;
        return (u32)(at[0] & 15) << 12 | (u32)(at[1] & 63) << 6 | (at[2] & 63);
    }
    return 0;
}

static void strip(const u8 **start, const u8 **end)
{
    size_t size;
    while (*start < *end && is_white(point_at(*start, (size_t)(*end - *start), &size)))
        *start += size;
    while (*start < *end) {
        const u8 *last = *end - 1;
        while (last > *start && (*last & 0xC0) == 0x80)
            last--;
        if (!is_white(point_at(last, (size_t)(*end - last), &size)))
            break;
        *end = last;
    }
}

static int is_wider(const u8 *start, const u8 *end, size_t widest)
{
    size_t characters = 0;
    for (; start < end && characters <= widest; start++)
        characters += (*start & 0xC0) != 0x80;
    return characters > widest;
}

int lines_of_text(Row *row, const char *text, size_t size, size_t widest)
{
    int is_wide = 0;
    if (!row_room(row, size + 1))
        return -1;
    for (const u8 *at = (const u8 *)text, *end = at + size; at < end;) {
        const u8 *stop = memchr(at, '\n', (size_t)(end - at)), *first = at, *last = stop ? stop : end;
        strip(&first, &last);
        if (first < last) {
            is_wide = is_wide || is_wider(first, last, widest);
            if (row->used)
                row_add(row, "\n", 1);
            row_add(row, first, (size_t)(last - first));
        }
        at = stop ? stop + 1 : end;
    }
    return !is_wide;
}

int one_line(Row *row, const char *text, size_t size)
{
    int is_parted = 0;
    if (!row_room(row, size + 1))
        return -1;
    for (const u8 *at = (const u8 *)text, *end = at + size; at < end;) {
        size_t bytes;
        if (is_white(point_at(at, (size_t)(end - at), &bytes)))
            is_parted = row->used > 0;
        else {
            if (is_parted)
                row_add(row, " ", 1);
            row_add(row, at, bytes);
            is_parted = 0;
        }
        at += bytes;
    }
    return 0;
}
