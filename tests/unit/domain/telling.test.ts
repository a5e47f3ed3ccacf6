import { describe, expect, it } from 'vitest';
import { isMailAddress, readSmtp, smtpAddress } from '../../../shared/domain/telling.ts';

describe('the address of a mail server', () => {
  it.each([
    ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, security: 'starttls' }],
    ['smtps://mail.example.org', { host: 'mail.example.org', port: 465, security: 'tls' }],
    [
      'SMTPS://ada@mail.example.org:2465/',
      { host: 'mail.example.org', port: 2465, security: 'tls', user: 'ada' },
    ],
    [
      'smtp://ada%40example.org@mx.example.org',
      { host: 'mx.example.org', port: 587, security: 'starttls', user: 'ada@example.org' },
    ],
    ['smtp+plain://relay.lan', { host: 'relay.lan', port: 25, security: 'none' }],
    ['smtp+plain://ada@localhost:2525', { host: 'localhost', port: 2525, security: 'none', user: 'ada' }],
    ['smtps://[::1]:465', { host: '::1', port: 465, security: 'tls' }],
  ])('%s', (text, server) => {
    expect(readSmtp(text)).toEqual(server);
    expect(readSmtp(smtpAddress(readSmtp(text)))).toEqual(server);
  });

  it.each([
    ['mail.example.org', 'is written'],
    ['http://mail.example.org', 'is written'],
    ['constructor://mail.example.org', 'is written'],
    ['smtp://mail.example.org:0', 'is written'],
    ['smtp://mail.example.org:70000', 'is written'],
    ['smtp://ada:secret@mail.example.org', 'not written into the address'],
    ['smtp+plain://ada@mail.example.org', 'in the clear'],
  ])('%s is refused', (text, why) => {
    expect(() => readSmtp(text)).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(why) as string }),
    );
  });

  it('never repeats a password that was written into it', () => {
    expect(() => readSmtp('smtp://ada:secret@mail.example.org')).toThrow(/^(?!.*secret)/);
  });
});

it.each([
  ['ada@example.org', true],
  ['ada.lovelace+sound@example.org', true],
  ['Ada <ada@example.org>', false],
  ['ada@example.org\r\nBcc: eve@example.org', false],
  ['ada@example.org, eve@example.org', false],
  ['ada', false],
])('%j is one mail address: %s', (text, is) => {
  expect(isMailAddress(text)).toBe(is);
});
