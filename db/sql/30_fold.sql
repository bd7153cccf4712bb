-- The key that search compares: app.domain.script.fold in SQL, by the same tables in the same
-- order; tests/db/test_fold.py holds one against the other.
--
-- Nothing here asks the database's locale: letters are replaced one by one, and lower() runs on
-- COLLATE "C".  The bodies are parsed when created, so no search_path can change what they call.

CREATE OR REPLACE FUNCTION fold(input text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(regexp_replace(lower((
    CASE WHEN octet_length(input) = length(input) THEN input
    ELSE
        -- decomposed, accents dropped, letters that fold to two, then the others one for one
        translate(
            replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                regexp_replace(normalize(input, NFKD), '[\u0300-\u036f]+', '', 'g'),
                'љ', 'lj'), 'Љ', 'lj'), 'њ', 'nj'), 'Њ', 'nj'), 'џ', 'dz'), 'Џ', 'dz'),
                'ß', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'),
            'абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШđĐðÐłŁøØı',
            'abvgddezzijklmnoprstcufhccsabvgddezzijklmnoprstcufhccsddddllooi')
    END) COLLATE "C"), 'dj+', 'd', 'g'), '[^a-z0-9]+', ' ', 'g'));
COMMENT ON FUNCTION fold(text) IS
    'Đorđević, Djordjevic, Dordevic and Ђорђевић are one: dordevic.';
