/** Languages of the pages, the default one first. */
export const languages = ['en', 'sv', 'nb'] as const;
export type Language = (typeof languages)[number];

/** What a language calls itself. */
export const languageNames: Record<Language, string> = { en: 'English', sv: 'Svenska', nb: 'Norsk' };

/** For dates and numbers. */
export const localeOf: Record<Language, string> = { en: 'en-GB', sv: 'sv-SE', nb: 'nb-NO' };

/** Norwegian has two written forms, and a name for both. */
const aliases: Record<string, Language> = { no: 'nb', nn: 'nb' };

/** The language that a tag such as `sv-FI` means; undefined where the pages do not speak it. */
export function languageOf(tag: string | undefined): Language | undefined {
  const primary = tag?.trim().toLowerCase().split('-')[0] ?? '';
  return languages.find((language) => language === primary) ?? aliases[primary];
}

/** The first choice of an `Accept-Language` header (RFC 9110) that the pages speak. */
export function preferredLanguage(header: string | undefined): Language | undefined {
  const choices = (header ?? '').split(',').map((choice) => {
    const [tag, ...parameters] = choice.split(';');
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
    return { language: languageOf(tag), quality: Number(quality?.trim().slice(2) ?? 1) };
  });
  return choices
    .filter(({ language, quality }) => language !== undefined && quality > 0)
    .sort((one, other) => other.quality - one.quality)[0]?.language;
}
