/** `Menu`, without anything to be seen: items are found by id and clicked by tests. */
'use strict';

const itemOf = (options) => ({
  ...options,
  ...(Array.isArray(options.submenu) && { submenu: Menu.buildFromTemplate(options.submenu) }),
});

class Menu {
  static #application = null;
  static buildFromTemplate = (template) => new Menu(template.map(itemOf));
  static setApplicationMenu = (menu) => void (Menu.#application = menu);
  static getApplicationMenu = () => Menu.#application;

  constructor(items = []) {
    this.items = items;
  }

  getMenuItemById(id) {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

module.exports = { Menu };
