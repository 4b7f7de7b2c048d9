/** Files that other operations name: pictures, certificates, what a reviewer shall see. */
import { docs, post } from '../endpoints/endpoint.ts'
import { picture, video, voice } from '../endpoints/files.ts'
import { oneOf, says, takes, text, whole } from './fields.ts'

export const materials = {
  upload: post('authorizer', '/cgi-bin/media/upload', {
    title: {
      en: 'Upload a picture, voice or video that WeChat keeps for three days',
      zh: '上传临时素材（图片、语音、视频），微信保存三天',
    },
    changes: 'materials.upload',
    query: () => takes({ type: oneOf(['image', 'voice', 'video', 'thumb']) }),
    part: 'media',
    files: [picture, video, voice],
    reply: () => says({ type: text, media_id: text, created_at: whole }),
    repeat: 'safe',
    link: docs(),
  }),
}
