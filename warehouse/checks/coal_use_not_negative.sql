-- table: coal.use_month
-- consequence: flag
-- zh: 由累计相减得出的月用煤量为负
-- en: a month's coal use, as difference of cumulative values, is negative
SELECT credit_code, month, product, use_t FROM coal.use_month WHERE use_t < 0
