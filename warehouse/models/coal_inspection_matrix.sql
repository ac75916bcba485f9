-- 地方煤质规定一览：某日各地各对象各项目的限值是什么，没查到的在哪？
-- Local limits on a day: what is the limit for each area, subject and item, and where are the gaps?
--
-- 每个地区×对象×项目一行；规定里没有的格子 status 为 not_found，文字为“未查到”，不留空白，也不作推断。
-- One row for each area, subject and item; a cell no text was found for says 未查到, it is neither blank nor guessed.
-- 失效或未生效的不列 | what is not in force on the day is left out. verified 未核实者不得作为事实引用 | not verified: not to be quoted as fact.
WITH in_force AS (
    SELECT * FROM ref.coal_province_limit WHERE $day::DATE BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')
),
cell AS (
    SELECT a.area_code, a.area_name, s.subject, i.item
    FROM (SELECT area_code, min(area_name) AS area_name FROM ref.coal_province_limit GROUP BY area_code) a
    CROSS JOIN (SELECT DISTINCT subject FROM ref.coal_province_limit) s
    CROSS JOIN (SELECT DISTINCT item FROM ref.coal_province_limit) i
    WHERE i.item <> '*' OR EXISTS (FROM in_force f WHERE f.area_code = a.area_code AND f.subject = s.subject AND f.item = '*')
)
SELECT c.area_code, c.area_name, c.subject, c.item, f.operator, f.limit_value, f.unit, coalesce(f.status, 'not_found') AS status,
    CASE WHEN coalesce(f.status, 'not_found') = 'not_found' THEN '未查到' || coalesce('：' || nullif(f.text_zh, '未查到'), '') ELSE f.text_zh END AS text_zh,
    CASE WHEN coalesce(f.status, 'not_found') = 'not_found' THEN 'not found' || coalesce(': ' || nullif(f.text_en, 'not found'), '') ELSE f.text_en END AS text_en,
    f.valid_from, f.valid_to, f.clause, f.source, coalesce(f.verified, false) AS verified
FROM cell c
LEFT JOIN in_force f USING (area_code, subject, item)
ORDER BY c.area_code, c.subject, c.item
