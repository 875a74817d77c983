/* What is plain in JSON: objects, strings, whole numbers, true, false and null.

   Whatever is otherwise, or is no JSON, is left to Python, which knows what to say of it. */

#include "bits.h"
#include "json.h"

void json_spaces(Json *json)
{
    while (json->at < json->end && (*json->at == ' ' || *json->at == '\t' || *json->at == '\n' || *json->at == '\r'))
        json->at++;
}

int json_next(Json *json, u8 sign)
{
    json_spaces(json);
    if (json->at == json->end || *json->at != sign)
        return 0;
    json->at++;
    return 1;
}

static int is_tail(const u8 *at, u8 low, u8 high)
{
    return *at >= low && *at <= high;
}

/* How many bytes the character at `at` takes, which is none of ASCII; 0 if it is not UTF-8, as Python has it. */
static size_t utf8_size(const u8 *at, size_t left)
{
    const u8 lead = *at;
    if (lead >= 0xC2 && lead <= 0xDF)
        return left >= 2 && is_tail(at + 1, 0x80, 0xBF) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF)
        return left >= 3 && is_tail(at + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) &&
                       is_tail(at + 2, 0x80, 0xBF)
                   ? 3
                   : 0;
    if (lead >= 0xF0 && lead <= 0xF4)
        return left >= 4 && is_tail(at + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) &&
                       is_tail(at + 2, 0x80, 0xBF) && is_tail(at + 3, 0x80, 0xBF)
                   ? 4
                   : 0;
    return 0;
}

/* The first of eight bytes that is a quote, a backslash, below a space, or none of ASCII; 8 if there is none. */
static size_t first_stop(const u8 *at)
{
    const u64 ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    u64 eight, quote, slash, stops;
    memcpy(&eight, at, 8);
    quote = eight ^ (ones * '"');
    slash = eight ^ (ones * '\\');
    stops = (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | (eight - ones * ' ') | eight) & highs;
    if (!stops)
        return 8;
    return (size_t)lowest_bit(stops) / 8;
}

/* Pass over what stands as it is meant: to the next quote or backslash. 0 where something else is wrong. */
static int pass_plain(Json *json)
{
    const u8 *at = json->at, *end = json->end;
    while (at < end) {
        size_t size;
        if (end - at >= 8) {
            const size_t plain = first_stop(at);
            at += plain;
            if (plain == 8)
                continue;
        }
        if (*at == '"' || *at == '\\')
            break;
        if (*at < ' ')
            return 0;
        size = *at < 0x80 ? 1 : utf8_size(at, (size_t)(end - at));
        if (!size)
            return 0;
        at += size;
    }
    json->at = at;
    return at < end;
}

static int hex(const u8 *at, u32 *found)
{
    *found = 0;
    for (int nth = 0; nth < 4; nth++) {
        const u8 sign = at[nth];
        const u32 digit = sign >= '0' && sign <= '9'   ? sign - (u32)'0'
                          : sign >= 'a' && sign <= 'f' ? sign - (u32)'a' + 10
                          : sign >= 'A' && sign <= 'F' ? sign - (u32)'A' + 10
                                                       : 16;
        if (digit > 15)
            return 0;
        *found = *found << 4 | digit;
    }
    return 1;
}

static size_t to_utf8(u32 point, u8 *out)
{
    if (point < 0x80) {
        out[0] = (u8)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (u8)(0xC0 | point >> 6);
        out[1] = (u8)(0x80 | (point & 63));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (u8)(0xE0 | point >> 12);
        out[1] = (u8)(0x80 | (point >> 6 & 63));
        out[2] = (u8)(0x80 | (point & 63));
        return 3;
    }
    out[0] = (u8)(0xF0 | point >> 18);
    out[1] = (u8)(0x80 | (point >> 12 & 63));
    out[2] = (u8)(0x80 | (point >> 6 & 63));
    out[3] = (u8)(0x80 | (point & 63));
    return 4;
}

/* The character that four digits after a backslash and a `u` mean, or a pair of such; 0 if it is half a pair. */
static int escaped_point(Json *json, u32 *point)
{
    u32 low;
    if (json->end - json->at < 4 || !hex(json->at, point))
        return 0;
    json->at += 4;
    if (*point < 0xD800 || *point > 0xDFFF)
        return 1;
    if (*point > 0xDBFF || json->end - json->at < 6 || json->at[0] != '\\' || json->at[1] != 'u' ||
        !hex(json->at + 2, &low) || low < 0xDC00 || low > 0xDFFF)
        return 0;
    json->at += 6;
    *point = 0x10000 + ((*point - 0xD800) << 10) + (low - 0xDC00);
    return 1;
}

/* Add what is meant by what stands behind a backslash: 1; 0 if that is nothing plain, -1 where there is no room. */
static int add_escaped(Json *json)
{
    static const char signs[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *known;
    u8 bytes[4];
    u32 point;
    if (json->at == json->end)
        return 0;
    known = *json->at ? strchr(signs, *json->at) : NULL;
    if (known) {
        json->at++;
        return row_add(&json->row, &meant[known - signs], 1) ? -1 : 1;
    }
    if (*json->at++ != 'u' || !escaped_point(json, &point))
        return 0;
    return row_add(&json->row, bytes, to_utf8(point, bytes)) ? -1 : 1;
}

int json_string(Json *json)
{
    int has_escapes = 0;
    json->row.used = 0;
    for (;;) {
        const u8 *start = json->at;
        int added;
        if (!pass_plain(json))
            return 0;
        if (*json->at == '"' && !has_escapes) {
            json->text = (const char *)start;
            json->size = (size_t)(json->at++ - start);
            return 1;
        }
        if (row_add(&json->row, start, (size_t)(json->at - start)))
            return -1;
        if (*json->at++ == '"') {
            json->text = json->row.data;
            json->size = json->row.used;
            return 1;
        }
        has_escapes = 1;
        added = add_escaped(json);
        if (added < 1)
            return added;
    }
}

int json_number(Json *json, long long *found)
{
    const int is_negative = *json->at == '-';
    const u8 *first = json->at + is_negative;
    long long value = 0;
    for (json->at = first; json->at < json->end && *json->at >= '0' && *json->at <= '9'; json->at++) {
        if (json->at - first >= 18)
            return 0;
        value = 10 * value + (*json->at - '0');
    }
    if (json->at == first || (*first == '0' && json->at - first > 1) || json->at == json->end || *json->at == '.' ||
        *json->at == 'e' || *json->at == 'E')
        return 0;
    *found = is_negative ? -value : value;
    return 1;
}

int json_word(Json *json, const char *word)
{
    const size_t size = strlen(word);
    if ((size_t)(json->end - json->at) < size || memcmp(json->at, word, size))
        return 0;
    json->at += size;
    return 1;
}
