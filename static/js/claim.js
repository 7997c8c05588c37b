// Elements that `behaviour` has not been given yet: start() may run again after htmx has put in new ones.
export function unclaimed(root, selector, behaviour) {
  const mark = `wired${behaviour}`;
  return [...root.querySelectorAll(selector)].filter((element) => {
    if (element.dataset[mark]) return false;
    element.dataset[mark] = "1";
    return true;
  });
}
