-- The order of names in every list that people read: German, and figures by their value, so that "Anlage 2" comes before "Anlage 10".
create collation platform.german (provider = icu, locale = 'de-u-kn-true');
