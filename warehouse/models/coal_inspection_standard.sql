-- 抽检适用标准：每个样品按哪些标准、哪些等级判？
-- Standards of a sample: by which standards and grades is each sample judged?
--
-- 适用：产品、地区、环节相符且抽样当日有效的标准；推荐性标准只在明示或判定依据中点名时适用。
-- A standard applies where product, area, stage and the day of sampling fit; one that is not mandatory only where it is named.
-- 等级：明示等级（其次判定依据）点名的等级；未点名则全部等级作候选（candidate），各候选结论一致才下结论。
-- Grade: the one named by the claim, else by the basis of judging; where none is named every grade is a candidate, and only agreement decides.
-- applies_as：standard 按标准；claim 标准不适用于该产品，仅作明示承诺；exempt 豁免用途
-- applies_as: standard; claim: the standard is not one for this product, the named grade binds as a statement only; exempt: by use
-- $as_of：截至日，之后抽的样不计 | samples taken later are left out.
WITH sample AS (
    SELECT *, coalesce(province_code, substr(city_code, 1, 2) || '0000') AS province,
        coal.plain_name(coalesce(claimed_grade, '')) AS claim_text, coal.plain_name(coalesce(judged_by, '')) AS basis_text,
        coalesce(distance_km > 600, false) AS long_haul
    FROM coal.inspection
    WHERE sampled_on <= $as_of::DATE
    QUALIFY row_number() OVER (PARTITION BY sample_id ORDER BY sha256 NULLS FIRST, sheet, sheet_row) = 1
),
grade AS (
    SELECT *, list_filter(
            list_transform(string_split(coalesce(aliases, ''), ';') || [standard || grade], lambda a: coal.plain_name(a)),
            lambda a: length(a) > 1
        ) AS names,
        regexp_extract_all(coalesce(exemption_zh, ''), '“([^”]+)”', 1) AS exemptions,
        list_distinct([coal.plain_name(standard), coal.plain_name(regexp_replace(standard, '[-—](19|20)\d\d$', ''))]) AS codes
    FROM ref.coal_quality_standard
),
-- 样品×等级：点名的方式与是否适用 | how each grade is named by a sample, and whether it applies
pair AS (
    SELECT s.sample_id, s.exempt_use, g.standard, g.grade, g.mandatory, g.verified, g.name_zh, g.name_en, g.exemption_zh, g.exemption_en,
        CASE WHEN list_bool_or(list_transform(g.names, lambda a: contains(s.claim_text, a))) THEN 2
            WHEN list_bool_or(list_transform(g.names, lambda a: contains(s.basis_text, a))) THEN 1 ELSE 0 END AS named,
        list_bool_or(list_transform(g.codes, lambda c: contains(s.claim_text, c) OR contains(s.basis_text, c))) AS standard_named,
        (g.product = '*' OR list_contains(string_split(g.product, ';'), s.product_type))
            AND (g.stages = '*' OR list_contains(string_split(g.stages, ';'), s.stage))
            AND g.area_code IN ('*', s.province, s.city_code, s.county_code) AS fits,
        -- 所填用途含豁免条文引号内的用语（或其中四字以上）即认，否定的不认 | a use is known by a quoted term of the clause, or four characters of one, unless denied
        -- 坑口自用煤远距离运输的不豁免 | coal of a mine's own use is not exempt when hauled far
        NOT regexp_matches(s.exempt_use, '[无未没非不]') AND NOT (contains(s.exempt_use, '坑口') AND s.long_haul)
            AND list_bool_or(list_transform(g.exemptions, lambda w: contains(s.exempt_use, w) OR (length(s.exempt_use) >= 4 AND contains(w, s.exempt_use)))) AS exempt
    FROM sample s
    JOIN grade g ON s.sampled_on BETWEEN g.valid_from AND coalesce(g.valid_to, DATE '9999-12-31')
),
ranked AS (
    SELECT *, max(named) OVER (PARTITION BY sample_id, standard, fits) AS best,
        bool_or(fits) OVER (PARTITION BY sample_id, standard) AS standard_fits
    FROM pair
)
SELECT sample_id, standard, grade, mandatory, verified, name_zh, name_en, exemption_zh, exemption_en,
    CASE WHEN NOT fits THEN 'claim' WHEN coalesce(exempt, false) THEN 'exempt' ELSE 'standard' END AS applies_as,
    best > 0 AS grade_named
FROM ranked
WHERE named = best AND CASE WHEN fits THEN mandatory <> 'no' OR best > 0 OR standard_named ELSE named = 2 AND NOT standard_fits END
