/** A button that copies what is shown beside it; without a script what is shown can be selected. */
export function copies(button: HTMLElement): void {
  const shown = document.getElementById(button.dataset["stCopy"] ?? "");
  if (shown === null) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    getSelection()?.selectAllChildren(shown);
    void copy(shown.textContent ?? "").then((isCopied) => {
      button.textContent = isCopied ? "Copied" : "Selected: copy it now";
    });
  });
}

async function copy(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}
