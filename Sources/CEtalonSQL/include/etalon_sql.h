// SPDX-License-Identifier: Apache-2.0
#pragma once

// One file of the folder sql/, as it was when the program was built.
struct etalon_sql_file {
    const char *path;
    const unsigned char *bytes;
    unsigned long length;
};

extern const struct etalon_sql_file etalon_sql_files[];
extern const unsigned long etalon_sql_file_count;

static inline const struct etalon_sql_file *etalon_sql_file_at(unsigned long index) {
    return index < etalon_sql_file_count ? &etalon_sql_files[index] : 0;
}
