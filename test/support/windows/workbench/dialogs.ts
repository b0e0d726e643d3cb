import type { Locator, Page } from 'playwright-core';
import type { DomElement } from './dom';

export interface Notification {
  text: string;
  severity: 'error' | 'warning' | 'info' | 'other';
  buttons: string[];
}

/** Modal dialogs and notifications. */
export interface Dialogs {
  /** Waits for a modal dialog and returns its message, its detail and its buttons. */
  dialog(): Promise<{ message: string; detail: string; buttons: string[] }>;
  /** Waits for a modal dialog and clicks a button of it. */
  dialogButton(text: string): Promise<void>;
  /** The notifications on show. */
  notifications(): Promise<Notification[]>;
  /** Waits for a notification that contains the text and returns it. */
  notification(text: string): Promise<Notification>;
  /** Clicks a button of the notification that contains the text. */
  notificationButton(text: string, button: string): Promise<void>;
  /** Takes all notifications away. */
  clearNotifications(): Promise<void>;
}

/** The dialogs and notifications of a window. */
export function dialogs(page: Page): Dialogs {
  const box = page.locator('.monaco-dialog-box');
  const items = page.locator(
    '.notifications-toasts .notification-list-item, .notifications-center .notification-list-item',
  );
  const item = (text: string): Locator => items.filter({ hasText: text }).filter({ visible: true }).first();
  const read = (elements: DomElement[]): Notification[] =>
    elements.map(element => {
      const icon = element.querySelector('.notification-list-item-icon')?.className ?? '';
      const buttons = [...element.querySelectorAll('.notification-list-item-buttons-container .monaco-button')];
      return {
        text: element.querySelector('.notification-list-item-message')?.textContent ?? '',
        severity: (['error', 'warning', 'info'] as const).find(name => icon.includes(`codicon-${name}`)) ?? 'other',
        buttons: buttons.map(button => button.textContent ?? ''),
      };
    });

  return {
    async dialog() {
      await box.waitFor();
      return {
        message: await box.locator('.dialog-message').innerText(),
        detail: (await box.locator('.dialog-message-detail').allInnerTexts()).join('\n'),
        buttons: await box.locator('.dialog-buttons .monaco-button').allInnerTexts(),
      };
    },
    dialogButton: text => box.locator('.dialog-buttons .monaco-button').getByText(text, { exact: true }).click(),
    notifications: () => items.filter({ visible: true }).evaluateAll(read),
    async notification(text) {
      await item(text).waitFor();
      const [found] = await item(text).evaluateAll(read);
      if (!found) throw new Error(`The notification "${text}" went away.`);
      return found;
    },
    async notificationButton(text, button) {
      await item(text).hover();
      await item(text).locator('.monaco-button').getByText(button, { exact: true }).click();
    },
    async clearNotifications() {
      for (let rounds = 0; rounds < 50 && (await items.filter({ visible: true }).count()) > 0; rounds++) {
        await items.filter({ visible: true }).first().hover();
        await page
          .locator('.notification-list-item .codicon-notifications-clear')
          .filter({ visible: true })
          .first()
          .click();
      }
    },
  };
}
