import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './app/router.tsx';
import { ClientProvider, startRuntime } from './client/index.ts';
import { restoreTheme, textsOf } from './ui/index.ts';

restoreTheme();
const runtime = startRuntime({ connectionLost: () => textsOf('app')('connectionLost') });

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no element with the id root');
createRoot(place).render(
  <StrictMode>
    <ClientProvider runtime={runtime}>
      <RouterProvider router={router} />
    </ClientProvider>
  </StrictMode>,
);
