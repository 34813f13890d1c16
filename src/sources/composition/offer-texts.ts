/** Title and description, where there are some. */
export function offerTexts({
  title,
  description,
}: {
  title?: string | undefined;
  description?: string | undefined;
}) {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  };
}
