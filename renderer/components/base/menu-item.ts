/** What stands in a menu. */
import type { Component } from 'vue';

export interface MenuItem<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly icon?: Component;
  readonly tone?: 'danger';
  readonly disabled?: boolean;
  /** A line above it: another group begins. */
  readonly startsGroup?: boolean;
  readonly testId?: string;
  /** It opens a menu of these; it is never chosen itself. */
  readonly children?: readonly MenuItem<Id>[];
}
