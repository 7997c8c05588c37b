// What must outlive this page: answers not yet acknowledged, the question in view, flags. IndexedDB, which survives a
// killed browser; where a browser forbids it, localStorage; else this page's memory.
const NAME = "ben-hoc-attempt";
const SHELF = "kept";

export async function openStore(attempt) {
  const shelf = (await indexed()) || local() || new Map();
  const key = (name) => `${attempt}:${name}`;
  return {
    async get(name) {
      return shelf.get(key(name));
    },
    async put(name, value) {
      await shelf.set(key(name), value);
    },
    async drop(name) {
      await shelf.delete(key(name));
    },
  };
}

function indexed() {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(SHELF);
      request.onerror = request.onblocked = () => resolve(null);
      request.onsuccess = () => resolve(shelfOf(request.result));
      setTimeout(() => resolve(null), 1500); // a WebView whose database never opens
    } catch {
      resolve(null);
    }
  });
}

function shelfOf(database) {
  const ask = (mode, deed) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(SHELF, mode);
      const request = deed(transaction.objectStore(SHELF));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  return {
    get: (key) => ask("readonly", (shelf) => shelf.get(key)),
    set: (key, value) => ask("readwrite", (shelf) => shelf.put(value, key)),
    delete: (key) => ask("readwrite", (shelf) => shelf.delete(key)),
  };
}

function local() {
  try {
    localStorage.setItem(NAME, "");
  } catch {
    return null;
  }
  return {
    get: (key) => JSON.parse(localStorage.getItem(`${NAME}:${key}`) || "null") || undefined,
    set: (key, value) => localStorage.setItem(`${NAME}:${key}`, JSON.stringify(value)),
    delete: (key) => localStorage.removeItem(`${NAME}:${key}`),
  };
}
