// Elements that `behaviour` has not been given yet: start() may be called again for a part of the page.
export function unclaimed(root, selector, behaviour) {
  const mark = `wired${behaviour}`;
  return [...root.querySelectorAll(selector)].filter((element) => {
    if (element.dataset[mark]) return false;
    element.dataset[mark] = "1";
    return true;
  });
}
