import * as vscode from 'vscode';
import { humanSize } from '../../../base/format';
import type { DiskUse, DiskUseOf } from '../../../engine/objects/system';
import type { Look } from '../../objects/look';

/** A row below an engine. */
export function factLook(label: string, description: string, icon: string, color?: string): Look {
  return { label, description, icon, ...(color !== undefined && { color }), contextValue: 'fact' };
}

export function diskUseLooks({ images, containers, volumes, buildCache }: DiskUse): Look[] {
  const row = (label: string, { count, size, reclaimable }: DiskUseOf, icon: string): Look => {
    const free = reclaimable > 0 ? vscode.l10n.t('{0} can be freed', humanSize(reclaimable)) : '';
    return factLook(
      label,
      [humanSize(size), vscode.l10n.t('{0} in all', count), free].filter(Boolean).join(' · '),
      icon,
    );
  };
  return [
    row(vscode.l10n.t('Images'), images, 'package'),
    row(vscode.l10n.t('Containers'), containers, 'vm'),
    row(vscode.l10n.t('Volumes'), volumes, 'database'),
    row(vscode.l10n.t('Build Cache'), buildCache, 'tools'),
  ];
}
