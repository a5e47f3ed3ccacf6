// Runs before the first paint, so that a dark reading room is not entered through a white flash. It is a file of its own because
// the content policy allows no inline script; ui/theme.ts writes what is read here.
try {
  const theme = localStorage.getItem('holdfast.theme');
  if (theme === 'light' || theme === 'dark' || theme === 'contrast')
    document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be refused: the system's theme is shown.
}
